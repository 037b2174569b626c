import type { Drum } from './drums';
import { type Chord, chordsFor, KEYS } from './harmony';
import type { PieceOptions } from './piece';
import type { Random } from './random';
import type { Pattern, Style } from './styles';

export interface Note {
  readonly part: 'bass' | 'chords' | 'lead';
  /** Seconds. */
  readonly start: number;
  readonly duration: number;
  /** MIDI number. */
  readonly pitch: number;
  readonly loudness: number;
}

export interface Stroke {
  readonly drum: Drum;
  readonly start: number;
  readonly loudness: number;
}

interface Bar {
  readonly index: number;
  readonly chord: Chord;
  /** Seconds at which a step of this bar is played. */
  at(step: number): number;
  readonly steps: number;
  readonly stepS: number;
}

/** Writes a piece down: who plays what when. */
export function arrange(options: PieceOptions, style: Style, random: Random): { notes: Note[]; strokes: Stroke[] } {
  const steps = style.beatsPerBar * style.stepsPerBeat;
  const stepS = 60 / options.bpm / style.stepsPerBeat;
  const count = Math.ceil(options.seconds / (steps * stepS));
  const chords = chordsFor(count, options.scale, style.sevenths, random);
  const tonic = KEYS.indexOf(options.key);
  const introBars = random.pick([0, 0, 1, 2]);
  const patterns = {
    drums: twiceTheFirst(style.drums, random),
    bass: random.pick(style.bass),
    chords: random.pick(style.chords),
  };
  const notes: Note[] = [];
  const strokes: Stroke[] = [];
  const melody = createMelody(style, random);
  chords.forEach((chord, index) => {
    const bar: Bar = { index, chord, steps, stepS, at: (step) => playedAt(index * steps + step, stepS, style, random) };
    notes.push(...playChords(bar, patterns.chords, tonic, random));
    notes.push(...melody(bar, tonic));
    if (index < introBars) return;
    notes.push(...playBass(bar, patterns.bass, tonic, random));
    const variant = random.chance(0.25) ? random.pick(style.drums) : patterns.drums;
    strokes.push(...playDrums(bar, index % 8 === 7 ? withFill(variant, steps) : variant, random));
  });
  return { notes, strokes };
}

function twiceTheFirst<T>(variants: readonly T[], random: Random): T {
  return random.pick([variants[0], ...variants]);
}

function playedAt(step: number, stepS: number, style: Style, random: Random): number {
  const swung = style.stepsPerBeat === 4 && step % 2 === 1 ? style.swing : 0;
  return Math.max(0, (step + swung) * stepS + random.spread(style.looseness));
}

/** The steps of a pattern that are not rests. */
function strokesOf(pattern: Pattern): { sign: string; step: number; length: number }[] {
  const signs = [...pattern.replaceAll('|', '')];
  const sounding = signs.flatMap((sign, step) => (sign === '.' ? [] : [{ sign, step }]));
  return sounding.map(({ sign, step }, i) => ({ sign, step, length: (sounding[i + 1]?.step ?? signs.length) - step }));
}

function playDrums(bar: Bar, pattern: Partial<Record<Drum, Pattern>>, random: Random): Stroke[] {
  return Object.entries(pattern).flatMap(([drum, signs]) =>
    strokesOf(signs).map(({ sign, step }) => ({
      drum: drum as Drum,
      start: bar.at(step),
      loudness: (Number(sign) / 9) * random.between(0.85, 1.1),
    })),
  );
}

/** A run over snare and toms in the last beat, where there are drums at all. */
function withFill(pattern: Partial<Record<Drum, Pattern>>, steps: number): Partial<Record<Drum, Pattern>> {
  if (!pattern.snare && !pattern.kick) return pattern;
  const rest = '.'.repeat(steps - 4);
  return {
    ...pattern,
    snare: `${(pattern.snare ?? '.'.repeat(steps + 3)).replaceAll('|', '').slice(0, steps - 4)}66..`,
    tom: `${rest}..78`,
  };
}

function playBass(bar: Bar, pattern: Pattern, tonic: number, random: Random): Note[] {
  const { tones, root, scale } = bar.chord;
  const low = 28 + ((tonic + root - 28 + 144) % 12);
  const walk = [tones[1] - root, tones[2] - root, random.pick([-1, 2, 9, 7])];
  let walked = 0;
  return strokesOf(pattern).map(({ sign, step, length }) => {
    const above = { r: 0, f: tones[2] - root, o: 12, t: tones[1] - root, w: 0 }[sign] ?? 0;
    const offset = sign === 'w' ? nearestInScale(root + walk[walked++ % walk.length], scale) - root : above;
    return note('bass', bar, step, Math.min(length, 6) * 0.9, low + offset, 0.9 * random.between(0.85, 1.05));
  });
}

function nearestInScale(semitone: number, scale: readonly number[]): number {
  const inScale = (value: number) => scale.includes(((value % 12) + 12) % 12);
  return inScale(semitone) ? semitone : semitone + 1;
}

function playChords(bar: Bar, pattern: Pattern, tonic: number, random: Random): Note[] {
  const pitches = bar.chord.tones.map((tone) => 52 + ((tonic + tone - 52 + 144) % 12)).sort((a, b) => a - b);
  let broken = 0;
  return strokesOf(pattern).flatMap(({ sign, step, length }) => {
    const loudness = random.between(0.75, 1) * (sign === 'a' ? 0.7 : 0.45);
    if (sign === 'a') {
      const place = [0, 1, 2, 1, 3, 2, 1, 2][broken++ % 8];
      const pitch = pitches[place % pitches.length] + (place >= pitches.length ? 12 : 0);
      return [note('chords', bar, step, length * 1.2, pitch, loudness)];
    }
    const held = sign === 'C' ? length : Math.min(length, 2) * 0.7;
    return pitches.map((pitch) => note('chords', bar, step, held, pitch, loudness));
  });
}

/** Steps of a beat in which a melody moves: the second is the off-beat, in thirds as in quarters. */
const EIGHTHS = [0, 2];

/** A tune that mostly steps, leans on the chord's tones on the beats and repeats its rhythm every two bars. */
function createMelody(style: Style, random: Random) {
  const steps = style.beatsPerBar * style.stepsPerBeat;
  const rhythm = Array.from({ length: 2 * style.beatsPerBar }, () =>
    EIGHTHS.filter((_, i) => random.chance(i === 0 ? 0.75 : 0.4)),
  );
  let degree = 7;
  return (bar: Bar, tonic: number): Note[] => {
    if (!random.chance(style.lead)) return [];
    const half = (bar.index % 2) * style.beatsPerBar;
    const places = Array.from({ length: style.beatsPerBar }, (_, beat) =>
      rhythm[half + beat].map((place) => beat * style.stepsPerBeat + place),
    ).flat();
    return places.map((step, i) => {
      degree = Math.max(3, Math.min(14, degree + random.pick([-2, -1, -1, 0, 1, 1, 2])));
      const pitch = bar.chord.scale[degree % 7] + 12 * Math.floor(degree / 7);
      const leaned = step % style.stepsPerBeat === 0 && random.chance(0.7) ? toChord(pitch, bar.chord) : pitch;
      return note(
        'lead',
        bar,
        step,
        ((places[i + 1] ?? steps) - step) * 0.9,
        60 + tonic - 12 * (tonic > 6 ? 1 : 0) + leaned,
        0.5,
      );
    });
  };
}

function toChord(pitch: number, chord: Chord): number {
  const classes = chord.tones.map((tone) => tone % 12);
  return (
    [0, -1, 1, -2, 2].map((shift) => pitch + shift).find((tone) => classes.includes(((tone % 12) + 12) % 12)) ?? pitch
  );
}

function note(part: Note['part'], bar: Bar, step: number, steps: number, pitch: number, loudness: number): Note {
  return { part, start: bar.at(step), duration: steps * bar.stepS, pitch, loudness };
}
