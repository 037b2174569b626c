import type { Random } from './random';

export const KEYS = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'] as const;
export type KeyName = (typeof KEYS)[number];
export type Scale = 'major' | 'minor';

/** Semitones of the seven degrees above the tonic. */
const SCALE_STEPS: Record<Scale, readonly number[]> = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
};

/** Degrees, one a bar; 1 is the tonic. */
const PROGRESSIONS: Record<Scale, readonly (readonly number[])[]> = {
  major: [
    [1, 5, 6, 4],
    [1, 4, 5, 1],
    [1, 6, 4, 5],
    [1, 4, 1, 5],
    [1, 6, 2, 5],
    [1, 3, 4, 5],
    [2, 5, 1, 1],
    [1, 1, 4, 5],
    [6, 4, 1, 5],
    [4, 5, 3, 6],
  ],
  minor: [
    [1, 6, 3, 7],
    [1, 4, 5, 1],
    [1, 7, 6, 5],
    [1, 6, 4, 5],
    [1, 4, 7, 3],
    [1, 1, 4, 5],
    [1, 7, 6, 7],
    [4, 1, 5, 1],
    [6, 7, 1, 1],
  ],
};

export interface Chord {
  /** Semitones above the piece's tonic: the root first, then third, fifth and perhaps seventh. */
  readonly tones: readonly number[];
  readonly root: number;
  /** The scale's tones while this chord sounds: in minor, the dominant raises the seventh degree. */
  readonly scale: readonly number[];
}

/** One chord a bar: two progressions in turn, beginning and ending at the tonic. */
export function chordsFor(bars: number, scale: Scale, sevenths: number, random: Random): Chord[] {
  const verse = random.pick(PROGRESSIONS[scale]);
  const chorus = random.pick(PROGRESSIONS[scale]);
  return Array.from({ length: bars }, (_, bar) => {
    const progression = Math.floor(bar / 8) % 2 === 0 ? verse : chorus;
    const degree = bar === 0 || bar === bars - 1 ? 1 : progression[bar % 4];
    return chordOn(degree, scale, random.chance(sevenths));
  });
}

function chordOn(degree: number, scale: Scale, withSeventh: boolean): Chord {
  const steps = [...SCALE_STEPS[scale]];
  if (scale === 'minor' && degree === 5) steps[6] = 11;
  const size = withSeventh ? 4 : 3;
  const tones = Array.from({ length: size }, (_, i) => {
    const step = degree - 1 + 2 * i;
    return steps[step % 7] + 12 * Math.floor(step / 7);
  });
  return { tones, root: tones[0], scale: steps };
}
