import { arrange } from './arrangement';
import { createKit } from './drums';
import type { PieceOptions } from './piece';
import { createRandom, type Random } from './random';
import { addReverb } from './reverb';
import { STYLES, type Style } from './styles';
import { createInstrument, VOICES } from './voices';

/** A piece of synthetic music of known tempo and key: two channels, −1…1, of `seconds` · `sampleRate` samples. */
export function renderPiece(options: PieceOptions): Float32Array[] {
  const random = createRandom(options.seed);
  const style: Style = STYLES[options.style];
  const { notes, strokes } = arrange(options, style, random);
  const length = Math.round(options.seconds * options.sampleRate);
  const music = [new Float32Array(length), new Float32Array(length)];
  const names = { bass: style.voices.bass, chords: random.pick(style.voices.chords), lead: style.voices.lead };
  const tuning = random.spread(8); // cents
  const pans = { bass: 0, chords: random.between(-0.4, 0.4), lead: random.between(-0.3, 0.3) };
  for (const part of ['bass', 'chords', 'lead'] as const) {
    const play = createInstrument(VOICES[names[part]], music, options.sampleRate);
    for (const { start, duration, pitch, loudness, part: of } of notes) {
      if (of !== part) continue;
      const hz = 440 * 2 ** ((pitch - 69 + tuning / 100) / 12);
      play({ startS: start, durationS: duration, hz, loudness, pan: pans[part] });
    }
  }
  addReverb(music, options.sampleRate, style.reverb);
  addDrums(music, strokes, options.sampleRate, random);
  return master(music);
}

function addDrums(
  channels: readonly Float32Array[],
  strokes: ReturnType<typeof arrange>['strokes'],
  sampleRate: number,
  random: Random,
): void {
  const kit = createKit(sampleRate, random);
  const level = random.between(0.45, 0.85);
  for (const { drum, start, loudness } of strokes) {
    const sound = kit[drum];
    const first = Math.round(start * sampleRate);
    for (const channel of channels) {
      const count = Math.min(sound.length, channel.length - first);
      for (let i = 0; i < count; i++) channel[first + i] += level * loudness * sound[i];
    }
  }
}

/** Presses the peaks together a little, as every record is, and leaves one decibel of room. */
function master(channels: Float32Array[]): Float32Array[] {
  const power = channels[0].reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, channels[0].length);
  const gain = power > 0 ? 0.2 / Math.sqrt(power) : 1;
  for (const channel of channels)
    for (let i = 0; i < channel.length; i++) channel[i] = 0.89 * Math.tanh(gain * channel[i]);
  return channels;
}
