/** How an instrument sounds: the strength of its harmonics and how its tones begin and end. */
export interface Voice {
  /** Strength of harmonic 1, 2, 3 … */
  readonly harmonics: readonly number[];
  readonly attackS: number;
  /** Time in which a held tone falls to a third; Infinity for an organ. */
  readonly decayS: number;
  readonly releaseS: number;
  /** Distance of the two strings or oscillators of a tone, cents. */
  readonly detuneCents: number;
  /** How much faster the higher harmonics die away, 0…1. */
  readonly damping: number;
}

const saw = (count: number, slope = 1) => Array.from({ length: count }, (_, i) => 1 / (i + 1) ** slope);
const square = (count: number) => Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 1 / (i + 1) : 0));

export const VOICES = {
  piano: {
    harmonics: [1, 0.6, 0.35, 0.25, 0.12, 0.1, 0.06, 0.04],
    attackS: 0.003,
    decayS: 1.2,
    releaseS: 0.15,
    detuneCents: 2,
    damping: 0.8,
  },
  electricPiano: {
    harmonics: [1, 0.15, 0.05, 0.2, 0, 0, 0.05],
    attackS: 0.004,
    decayS: 1.5,
    releaseS: 0.2,
    detuneCents: 4,
    damping: 0.6,
  },
  guitar: { harmonics: saw(12, 1.2), attackS: 0.002, decayS: 0.7, releaseS: 0.08, detuneCents: 3, damping: 0.9 },
  overdriven: {
    harmonics: [1, 0.9, 0.8, 0.5, 0.6, 0.3, 0.35, 0.2, 0.2, 0.15, 0.1, 0.1],
    attackS: 0.004,
    decayS: 4,
    releaseS: 0.06,
    detuneCents: 9,
    damping: 0.2,
  },
  organ: {
    harmonics: [1, 0.8, 0.5, 0.4, 0, 0.25, 0, 0.2],
    attackS: 0.012,
    decayS: Infinity,
    releaseS: 0.05,
    detuneCents: 3,
    damping: 0,
  },
  strings: { harmonics: saw(14, 1.3), attackS: 0.12, decayS: Infinity, releaseS: 0.3, detuneCents: 12, damping: 0 },
  pad: { harmonics: saw(8, 1.6), attackS: 0.35, decayS: Infinity, releaseS: 0.8, detuneCents: 14, damping: 0 },
  brass: {
    harmonics: [1, 0.9, 0.7, 0.55, 0.4, 0.3, 0.2, 0.12],
    attackS: 0.04,
    decayS: 3,
    releaseS: 0.08,
    detuneCents: 5,
    damping: 0.3,
  },
  flute: {
    harmonics: [1, 0.25, 0.12, 0.03],
    attackS: 0.05,
    decayS: Infinity,
    releaseS: 0.1,
    detuneCents: 2,
    damping: 0,
  },
  pluck: { harmonics: saw(16, 0.9), attackS: 0.002, decayS: 0.18, releaseS: 0.06, detuneCents: 8, damping: 0.9 },
  squareLead: { harmonics: square(13), attackS: 0.005, decayS: 2, releaseS: 0.06, detuneCents: 7, damping: 0.3 },
  bass: {
    harmonics: [1, 0.5, 0.3, 0.15, 0.08, 0.04],
    attackS: 0.006,
    decayS: 0.6,
    releaseS: 0.05,
    detuneCents: 1,
    damping: 0.7,
  },
  uprightBass: {
    harmonics: [1, 0.35, 0.15, 0.08],
    attackS: 0.01,
    decayS: 0.45,
    releaseS: 0.07,
    detuneCents: 2,
    damping: 0.8,
  },
  synthBass: { harmonics: saw(10), attackS: 0.003, decayS: 0.8, releaseS: 0.03, detuneCents: 10, damping: 0.6 },
  subBass: { harmonics: [1, 0.12, 0.04], attackS: 0.008, decayS: 2, releaseS: 0.06, detuneCents: 0, damping: 0 },
} as const satisfies Record<string, Voice>;
export type VoiceName = keyof typeof VOICES;

export interface Tone {
  /** Seconds from the piece's beginning. */
  readonly startS: number;
  readonly durationS: number;
  readonly hz: number;
  readonly loudness: number;
  /** −1 left … 1 right. */
  readonly pan: number;
}

const TABLE = 1024;

/** Renders tones of one voice into the two channels, from tables that hold no harmonic above half the sample rate. */
export function createInstrument(voice: Voice, channels: readonly Float32Array[], sampleRate: number) {
  const tables = new Map<number, { bright: Float32Array; dull: Float32Array }>();

  function tablesFor(hz: number) {
    const room = Math.max(1, Math.min(voice.harmonics.length, Math.floor((0.45 * sampleRate) / hz)));
    const known = tables.get(room);
    if (known) return known;
    const bright = waveTable(voice.harmonics.slice(0, room));
    const dull = waveTable(voice.harmonics.slice(0, room).map((strength, i) => strength * (1 - voice.damping) ** i));
    const made = { bright, dull };
    tables.set(room, made);
    return made;
  }

  return (tone: Tone): void => {
    const { bright, dull } = tablesFor(tone.hz);
    const [left, right] = channels;
    const first = Math.max(0, Math.round(tone.startS * sampleRate));
    const held = Math.round(tone.durationS * sampleRate);
    const last = Math.min(left.length, first + held + Math.round(3 * voice.releaseS * sampleRate));
    const fall = Math.exp(-1 / (voice.decayS * sampleRate));
    const release = Math.exp(-1 / (voice.releaseS * sampleRate));
    const darken = Math.exp(-3 / (Math.min(voice.decayS, 4) * sampleRate));
    const attack = 1 / (voice.attackS * sampleRate);
    const detune = 2 ** (voice.detuneCents / 2400);
    const stepA = (tone.hz * detune * TABLE) / sampleRate;
    const stepB = ((tone.hz / detune) * TABLE) / sampleRate;
    const gainL = tone.loudness * Math.sqrt((1 - tone.pan) / 2);
    const gainR = tone.loudness * Math.sqrt((1 + tone.pan) / 2);
    let [a, b, rise, level, glow] = [0, TABLE * 0.37, 0, 1, 1];
    for (let i = first; i < last; i++) {
      if (rise < 1) rise = Math.min(1, rise + attack);
      level *= i - first < held ? fall : release;
      glow *= darken;
      const ia = a | 0;
      const ib = b | 0;
      const value = (glow * (bright[ia] + bright[ib]) + (1 - glow) * (dull[ia] + dull[ib])) * rise * level;
      left[i] += gainL * value;
      right[i] += gainR * value;
      a += stepA;
      if (a >= TABLE) a -= TABLE;
      b += stepB;
      if (b >= TABLE) b -= TABLE;
    }
  };
}

function waveTable(harmonics: readonly number[]): Float32Array {
  const table = new Float32Array(TABLE);
  for (let i = 0; i < TABLE; i++) {
    for (let h = 0; h < harmonics.length; h++) {
      table[i] += harmonics[h] * Math.sin((2 * Math.PI * (h + 1) * i) / TABLE + h * 0.7);
    }
  }
  const power = table.reduce((sum, value) => sum + value * value, 0) / TABLE;
  return table.map((value) => value / Math.sqrt(power * 8));
}
