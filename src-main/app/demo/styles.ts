import type { Drum } from './drums';
import type { VoiceName } from './voices';

/**
 * One bar in steps, `|` between beats for the eye only. Drums: loudness 1…9. Bass: r root, f fifth, o octave, t third,
 * w the next tone of a walk. Chords: c struck short, C held, a the next tone of the broken chord. `.` rests.
 */
export type Pattern = string;

export interface Style {
  readonly beatsPerBar: 3 | 4;
  readonly stepsPerBeat: 3 | 4;
  /** The tempi that music of this kind has, beats a minute. */
  readonly bpm: readonly [number, number];
  /** Each bar takes one of the variants; the first twice as often. */
  readonly drums: readonly Partial<Record<Drum, Pattern>>[];
  readonly bass: readonly Pattern[];
  readonly chords: readonly Pattern[];
  readonly voices: { readonly bass: VoiceName; readonly chords: readonly VoiceName[]; readonly lead: VoiceName };
  /** How many of the melody's places are sung, 0…1. */
  readonly lead: number;
  /** Share of chords with a seventh. */
  readonly sevenths: number;
  /** How much later the second half of each half beat comes, in steps. */
  readonly swing: number;
  /** Deviation of the players from the beat, s. */
  readonly looseness: number;
  readonly reverb: number;
}

export const STYLES = {
  rock: {
    beatsPerBar: 4,
    stepsPerBeat: 4,
    bpm: [88, 176],
    sevenths: 0.05,
    swing: 0,
    looseness: 0.006,
    reverb: 0.15,
    lead: 0.5,
    drums: [
      { kick: '9...|..7.|9...|....', snare: '....|9...|....|9...', hat: '7.4.|7.4.|7.4.|7.4.' },
      { kick: '9...|....|8.8.|....', snare: '....|9...|....|9..3', hat: '7.4.|7.4.|7.4.|7.4.' },
      { kick: '9..6|..7.|.6..|....', snare: '....|9...|....|9...', openHat: '7...|6...|7...|6...' },
    ],
    bass: ['r.r.|r.r.|r.r.|r.f.', 'r...|..r.|r...|f...'],
    chords: ['C...|....|C...|..C.', 'c.c.|c.c.|c.c.|c.c.', 'C...|....|....|....'],
    voices: { bass: 'bass', chords: ['overdriven', 'organ', 'guitar'], lead: 'overdriven' },
  },
  house: {
    beatsPerBar: 4,
    stepsPerBeat: 4,
    bpm: [112, 136],
    sevenths: 0.4,
    swing: 0.1,
    looseness: 0.001,
    reverb: 0.2,
    lead: 0.25,
    drums: [
      {
        kick: '9...|9...|9...|9...',
        clap: '....|8...|....|8...',
        openHat: '..7.|..7.|..7.|..7.',
        shaker: '5353|5353|5353|5353',
      },
      {
        kick: '9...|9...|9...|9.5.',
        clap: '....|8...|....|8..4',
        openHat: '..7.|..7.|..7.|..7.',
        hat: '6.46|6.46|6.46|6.46',
      },
    ],
    bass: ['..r.|..r.|..r.|..o.', '..rr|..r.|.r.r|..f.'],
    chords: ['...c|..c.|...c|..c.', 'c..c|..c.|.c..|c...', 'C...|....|..C.|....'],
    voices: { bass: 'synthBass', chords: ['organ', 'electricPiano', 'strings'], lead: 'squareLead' },
  },
  waltz: {
    beatsPerBar: 3,
    stepsPerBeat: 4,
    bpm: [84, 176],
    sevenths: 0.1,
    swing: 0,
    looseness: 0.012,
    reverb: 0.3,
    lead: 0.8,
    drums: [{}, { ride: '6...|4...|4...', rim: '....|4...|4...' }],
    bass: ['r...|....|....', 'r...|....|..f.'],
    chords: ['....|c...|c...', '....|c.c.|c...'],
    voices: { bass: 'uprightBass', chords: ['piano', 'strings', 'guitar'], lead: 'strings' },
  },
  ballad: {
    beatsPerBar: 4,
    stepsPerBeat: 4,
    bpm: [60, 88],
    sevenths: 0.2,
    swing: 0,
    looseness: 0.012,
    reverb: 0.35,
    lead: 0.6,
    drums: [
      { kick: '8...|....|8.5.|....', rim: '....|7...|....|7...', hat: '5.3.|5.3.|5.3.|5.3.' },
      {},
      { kick: '8...|...5|8...|....', snare: '....|8...|....|8...', ride: '5.4.|5.4.|5.4.|5.4.' },
    ],
    bass: ['r...|....|f...|....', 'r...|..r.|r...|..f.'],
    chords: ['a.a.|a.a.|a.a.|a.a.', 'C...|c...|C...|c.c.'],
    voices: { bass: 'bass', chords: ['piano', 'electricPiano'], lead: 'flute' },
  },
  swing: {
    beatsPerBar: 4,
    stepsPerBeat: 3,
    bpm: [104, 180],
    sevenths: 0.9,
    swing: 0,
    looseness: 0.01,
    reverb: 0.2,
    lead: 0.7,
    drums: [
      { ride: '7..|7.5|7..|7.5', hat: '...|6..|...|6..', kick: '4..|4..|4..|4..' },
      { ride: '7..|7.5|7..|7.5', hat: '...|6..|...|6..', snare: '...|..4|...|...' },
      { ride: '7..|7.5|7..|7.5', hat: '...|6..|...|6..', snare: '..3|...|..5|...', kick: '...|...|...|..6' },
    ],
    bass: ['r..|w..|w..|w..', 'r..|w..|f..|w.w'],
    chords: ['c..|..c|...|...', '...|..c|...|..c', '..c|...|c..|...'],
    voices: { bass: 'uprightBass', chords: ['piano', 'guitar'], lead: 'brass' },
  },
  drumAndBass: {
    beatsPerBar: 4,
    stepsPerBeat: 4,
    bpm: [160, 180],
    sevenths: 0.5,
    swing: 0,
    looseness: 0.001,
    reverb: 0.25,
    lead: 0.3,
    drums: [
      {
        kick: '9...|....|..9.|....',
        snare: '....|9...|....|9...',
        hat: '7.5.|7.5.|7.5.|7.5.',
        shaker: '.3.3|.3.3|.3.3|.3.3',
      },
      { kick: '9...|....|..9.|....', snare: '....|9..3|.3..|9...', hat: '7.5.|7.5.|7.5.|7.5.' },
      { kick: '9.8.|....|..9.|....', snare: '....|9..4|.4..|9..4', ride: '6.6.|6.6.|6.6.|6.6.' },
    ],
    bass: ['r...|..r.|..r.|....', 'r...|....|..o.|r.f.'],
    chords: ['C...|....|....|....', 'c...|..c.|....|....'],
    voices: { bass: 'subBass', chords: ['pad', 'electricPiano', 'strings'], lead: 'squareLead' },
  },
  reggae: {
    beatsPerBar: 4,
    stepsPerBeat: 4,
    bpm: [66, 96],
    sevenths: 0.15,
    swing: 0.25,
    looseness: 0.008,
    reverb: 0.25,
    lead: 0.4,
    drums: [
      { kick: '....|....|9...|....', rim: '....|....|8...|...4', hat: '6.4.|6.4.|6.4.|6.4.' },
      { kick: '7...|....|9...|....', snare: '....|....|8...|....', hat: '6.43|6.4.|6.43|6.4.' },
    ],
    bass: ['r..r|..f.|r...|..o.', 'r.r.|..t.|f...|....'],
    chords: ['..c.|..c.|..c.|..c.', '..cc|..c.|..cc|..c.'],
    voices: { bass: 'bass', chords: ['guitar', 'organ'], lead: 'brass' },
  },
  ambient: {
    beatsPerBar: 4,
    stepsPerBeat: 4,
    bpm: [60, 104],
    sevenths: 0.6,
    swing: 0,
    looseness: 0.004,
    reverb: 0.5,
    lead: 0.3,
    drums: [{ kick: '4...|4...|4...|4...' }, { kick: '5...|....|4...|....', shaker: '..3.|..3.|..3.|..3.' }],
    bass: ['r...|....|....|....', 'r...|....|r...|....'],
    chords: ['C...|....|....|....', 'a...|a...|a...|a...'],
    voices: { bass: 'subBass', chords: ['pad', 'strings'], lead: 'electricPiano' },
  },
  arpeggio: {
    beatsPerBar: 4,
    stepsPerBeat: 4,
    bpm: [80, 150],
    sevenths: 0.2,
    swing: 0,
    looseness: 0.001,
    reverb: 0.3,
    lead: 0.3,
    drums: [
      { kick: '8...|....|8...|....', clap: '....|7...|....|7...' },
      { kick: '8...|8...|8...|8...', hat: '..6.|..6.|..6.|..6.' },
      {},
    ],
    bass: ['r.r.|r.r.|r.r.|r.r.', 'r...|r...|r...|f...'],
    chords: ['aaaa|aaaa|aaaa|aaaa', 'a.aa|.aa.|a.aa|.aa.'],
    voices: { bass: 'synthBass', chords: ['pluck', 'squareLead'], lead: 'flute' },
  },
  hipHop: {
    beatsPerBar: 4,
    stepsPerBeat: 4,
    bpm: [70, 108],
    sevenths: 0.6,
    swing: 0.3,
    looseness: 0.008,
    reverb: 0.12,
    lead: 0.2,
    drums: [
      { kick: '9..7|....|..9.|....', snare: '....|9...|....|9...', hat: '6.4.|6.4.|6.4.|6.4.' },
      { kick: '9...|...7|.79.|....', snare: '....|9...|....|9..3', hat: '6.43|6.4.|6.4.|6.43' },
      { kick: '9.7.|....|9..6|....', clap: '....|9...|....|9...', hat: '6464|6464|6464|6464' },
    ],
    bass: ['r..r|....|..r.|....', 'r...|..r.|.rf.|....'],
    chords: ['C...|....|....|....', 'c..c|....|..c.|....'],
    voices: { bass: 'subBass', chords: ['electricPiano', 'piano', 'strings'], lead: 'flute' },
  },
  folk: {
    beatsPerBar: 4,
    stepsPerBeat: 4,
    bpm: [76, 144],
    sevenths: 0.05,
    swing: 0.1,
    looseness: 0.01,
    reverb: 0.2,
    lead: 0.6,
    drums: [{}, { shaker: '5.3.|6.3.|5.3.|6.3.' }, { kick: '6...|....|6...|....', shaker: '5.3.|7.3.|5.3.|7.3.' }],
    bass: ['r...|....|f...|....', 'r...|f...|r...|f...'],
    chords: ['c...|c.c.|..c.|c.c.', 'a.a.|a.a.|a.a.|a.a.', 'c...|c.cc|c...|c.cc'],
    voices: { bass: 'uprightBass', chords: ['guitar'], lead: 'flute' },
  },
  disco: {
    beatsPerBar: 4,
    stepsPerBeat: 4,
    bpm: [104, 134],
    sevenths: 0.5,
    swing: 0,
    looseness: 0.005,
    reverb: 0.18,
    lead: 0.5,
    drums: [
      {
        kick: '9...|9...|9...|9...',
        snare: '....|8...|....|8...',
        openHat: '..6.|..6.|..6.|..6.',
        hat: '64.4|64.4|64.4|64.4',
      },
      { kick: '9...|9...|9...|9...', snare: '....|8...|....|8.5.', hat: '6464|6464|6464|6464' },
    ],
    bass: ['r.o.|r.o.|r.o.|r.o.', 'r..o|.r.o|r..o|.f.o'],
    chords: ['..c.|c..c|..c.|c.c.', 'C...|....|C...|....'],
    voices: { bass: 'bass', chords: ['strings', 'guitar', 'electricPiano'], lead: 'brass' },
  },
} as const satisfies Record<string, Style>;

export type StyleName = keyof typeof STYLES;
export const STYLE_NAMES = Object.keys(STYLES) as StyleName[];
