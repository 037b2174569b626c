import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { requires } from '../../../../test/support/requirements';
import { temporaryFolder } from '../../../../test/support/small-music';
import type { LoadedModels } from '../session';
import { analyzeFile } from './analyze';

const { it } = requires('ffmpeg');
const folder = temporaryFolder('incomplete');
afterAll(folder.remove);

const models: LoadedModels = { backbones: [], problems: [], runtime: 'none', release: async () => {} };
const options = { preset: 'balanced', descriptors: true, minDurationS: 0, models, version: 'v1' } as const;

function make(name: string, ...args: string[]): string {
  const file = join(folder.path, name);
  const tone = ['-f', 'lavfi', '-i', 'sine=440:r=44100:d=12'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...tone, ...args, file], { stdio: ['ignore', 'ignore', 'ignore'] });
  return file;
}

it.each(['half.flac', 'half.wav', 'half.mp3', 'half.wv', 'half.aiff'])(
  'says of %s, which was cut off half-way, how much of how much was analyzed',
  async (name) => {
    const file = make(name);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length / 2));
    const analysis = await analyzeFile(file, options);
    expect(analysis.isTruncated).toBe(true);
    expect(analysis.expectedS).toBeCloseTo(12, 0);
    expect(analysis.durationS).toBeGreaterThan(4.5);
    expect(analysis.durationS).toBeLessThan(7.5);
  },
);

it('says nothing of the kind of a whole file', async () => {
  const analysis = await analyzeFile(make('whole.flac'), options);
  expect(analysis).toMatchObject({ isTruncated: false, expectedS: 12, sound: { sampleRate: 44_100, channels: 1 } });
});

it('asks FFmpeg for what the built-in decoders do not know, and says so', async () => {
  const analysis = await analyzeFile(make('unknown.mka', '-c:a', 'flac'), options);
  expect(analysis.decodedBy).toMatch(/^ffmpeg \d/);
  expect(analysis.durationS).toBeCloseTo(12, 1);
});
