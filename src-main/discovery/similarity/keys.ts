const PITCHES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

/** A key's place on the circle of fifths as DJs number it: 1…12, and `A` for minor, `B` for major (8B is C major). */
export interface WheelKey {
  readonly hour: number;
  readonly letter: 'A' | 'B';
}

/** Of `C`, `F#m`; undefined for anything else. */
export function wheelKey(key: string | null): WheelKey | undefined {
  const match = /^([A-G]#?)(m?)$/.exec(key ?? '');
  if (!match) return undefined;
  const isMinor = match[2] === 'm';
  const pitch = (PITCHES.indexOf(match[1]) + (isMinor ? 3 : 0)) % 12;
  // Each fifth is seven semitones and one hour; C major stands at eight.
  return { hour: ((pitch * 7 + 7) % 12) + 1, letter: isMinor ? 'A' : 'B' };
}

export interface KeyRelation {
  /** 0…1: how well one goes over into the other. */
  readonly value: number;
  readonly words: string;
}

/** How two keys go together; undefined when one is not known. */
export function relateKeys(from: string | null, to: string | null): KeyRelation | undefined {
  const [a, b] = [wheelKey(from), wheelKey(to)];
  if (!a || !b) return undefined;
  const apart = (b.hour - a.hour + 12) % 12;
  const hours = Math.min(apart, 12 - apart);
  if (a.letter === b.letter) {
    if (hours === 0) return { value: 1, words: 'same key' };
    if (hours === 1) return { value: 0.8, words: 'a fifth apart' };
    if (hours === 2) return { value: 0.4, words: 'two fifths apart' };
    return { value: 0, words: 'distant keys' };
  }
  if (hours === 0) return { value: 0.9, words: 'relative key' };
  if (hours === 1) return { value: 0.5, words: 'relative key, a fifth apart' };
  if (hours === 3 && isParallel(apart, a.letter)) return { value: 0.4, words: 'parallel key' };
  return { value: 0, words: 'distant keys' };
}

/** C major and C minor: from major to minor three hours back. */
const isParallel = (apart: number, from: 'A' | 'B') => apart === (from === 'B' ? 9 : 3);

/** Every key that goes with one: the same, its relative, and a fifth up and down. */
export function compatibleKeys(key: string | null): string[] {
  const all = PITCHES.flatMap((pitch) => [pitch, `${pitch}m`]);
  return all.filter((other) => (relateKeys(key, other)?.value ?? 0) >= 0.8);
}
