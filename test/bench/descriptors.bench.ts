import { expect, it } from 'vitest';
import { createDescriptors } from '../../src-main/analysis/audio/descriptors';
import { renderPiece } from '../../src-main/app/demo';
import { record } from './results';

const SECONDS = 240;
const BLOCK = 16_384;

it('hears all descriptors of four minutes of stereo within a second and a half of processor time', () => {
  const piece = { style: 'rock', bpm: 120, key: 'C', scale: 'major', seconds: SECONDS, seed: 1 } as const;
  const stereo = renderPiece({ ...piece, sampleRate: 44_100 });
  const [mono] = renderPiece({ ...piece, sampleRate: 16_000 });
  const runs = Array.from({ length: 3 }, () => {
    const descriptors = createDescriptors({ sampleRate: 44_100, channels: 2 });
    const loudness = cpuMs(() => {
      for (let from = 0; from < stereo[0].length; from += BLOCK) {
        descriptors.push(stereo.map((channel) => channel.subarray(from, from + BLOCK)));
      }
    });
    const music = cpuMs(() => {
      descriptors.pushMono16k(mono);
      descriptors.finish();
    });
    return { loudness, music };
  });
  const best = (of: 'loudness' | 'music') => Math.min(...runs.map((run) => run[of]));
  record('Descriptors, processor time', {
    signal: '240 s, 44.1 kHz stereo, best of 3',
    'loudness, range, true peak': `${best('loudness').toFixed(0)} ms`,
    'tempo, key': `${best('music').toFixed(0)} ms`,
  });
  expect(best('loudness') + best('music')).toBeLessThan(1500);
});

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
