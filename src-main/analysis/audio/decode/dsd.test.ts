import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openAudio } from './open-audio';

const DSD_RATE = 2_822_400;
const BLOCK_BYTES = 4096;

/** One bit a sample by a sigma-delta modulator of second order, first bit lowest. */
function modulate(signal: (seconds: number) => number, bytes: number): Uint8Array {
  const out = new Uint8Array(bytes);
  let first = 0;
  let second = 0;
  let bit = 1;
  for (let i = 0; i < bytes * 8; i++) {
    first += signal(i / DSD_RATE) - bit;
    second += first - bit;
    bit = second >= 0 ? 1 : -1;
    if (bit > 0) out[i >> 3] |= 1 << (i & 7);
  }
  return out;
}

/** A DSF file with one channel (Sony, DSF File Format Specification 1.01). */
function dsfFile(data: Uint8Array): Buffer {
  const head = Buffer.alloc(92);
  head.write('DSD ', 0);
  head.writeBigUInt64LE(28n, 4);
  head.writeBigUInt64LE(BigInt(92 + data.length), 12);
  head.write('fmt ', 28);
  head.writeBigUInt64LE(52n, 32);
  for (const [i, value] of [1, 0, 1, 1, DSD_RATE, 1].entries()) head.writeUInt32LE(value, 40 + 4 * i);
  head.writeBigUInt64LE(BigInt(data.length * 8), 64);
  head.writeUInt32LE(BLOCK_BYTES, 72);
  head.write('data', 80);
  head.writeBigUInt64LE(BigInt(12 + data.length), 84);
  return Buffer.concat([head, data]);
}

it('decodes DSD to the sound that was modulated into it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-dsd-'));
  const file = join(folder, 'tone.dsf');
  const sine = (seconds: number): number => 0.5 * Math.sin(2 * Math.PI * 1000 * seconds);
  writeFileSync(file, dsfFile(modulate(sine, BLOCK_BYTES * 40)));
  try {
    const audio = await openAudio(file);
    expect([audio.container, audio.sampleRate, audio.channels]).toEqual(['dsf', 88_200, 1]);
    const samples: number[] = [];
    for await (const [block] of audio.blocks) samples.push(...block);
    expect(samples).toHaveLength((BLOCK_BYTES * 40 * 8) / 32);
    const middle = samples.slice(10_000, 10_000 + 882 * 20);
    const power = middle.reduce((sum, x) => sum + x * x, 0) / middle.length;
    expect(Math.sqrt(2 * power)).toBeCloseTo(0.5, 2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
