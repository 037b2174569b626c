import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSmallFiles, hasFfmpeg } from '../../test/corpus/build';
import { dsdBytes, id3v22, monkeysBytes, musepackBytes } from '../../test/corpus/bytes';
import { openDatabase } from '../database';
import { AppError } from '../errors';
import { createTagWriter, payloadHash, readMetadata, type WantedTags } from '.';

const WANTED: WantedTags = { namespace: 'nom', tags: { happy: ['0.5'], long: ['y'.repeat(3000)] } };
const HANG_MS = 5000;
let base = '';
let cases: string[] = [];

describe.skipIf(!hasFfmpeg)('Malformed files (needs ffmpeg)', () => {
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'tonearm-malformed-'));
    const whole: Whole[] = (await buildSmallFiles(join(base, 'made'), 8)).map((path) => ({
      name: basename(path),
      bytes: readFileSync(path),
    }));
    whole.push(
      { name: '00.ape', bytes: monkeysBytes() },
      { name: '00.mpc', bytes: musepackBytes() },
      { name: '00.dsf', bytes: dsdBytes() },
    );
    whole.push({
      name: '22.mp3',
      bytes: Buffer.concat([id3v22(), whole.find(({ name }) => name === '00.mp3')!.bytes]),
    });
    mkdirSync(join(base, 'cases'));
    cases = makeCases(join(base, 'cases'), whole);
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('has at least 60 of them', () => expect(cases.length).toBeGreaterThanOrEqual(60));

  it('each is either written safely and put back, or left alone with a reason; none harms, none hangs', async () => {
    const writer = createTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
    for (const path of cases) {
      const before = fingerprint(path);
      const outcome = await inTime(path, attempt(writer, path));
      expect(fingerprint(path), basename(path)).toBe(before);
      if (outcome instanceof AppError) expect(outcome.message.length, basename(path)).toBeGreaterThan(10);
      else expect(outcome, basename(path)).toBe('written and put back');
      expect(readdirSync(join(base, 'cases')).filter((name) => name.startsWith('.tonearm'))).toEqual([]);
    }
  }, 120_000);

  it('is read by a scan, or given a reason', async () => {
    for (const path of cases) {
      const outcome = await inTime(
        path,
        readMetadata(path).catch((thrown: unknown) => thrown),
      );
      if (outcome instanceof Error) expect(outcome, basename(path)).toBeInstanceOf(AppError);
    }
  }, 120_000);
});

async function attempt(writer: ReturnType<typeof createTagWriter>, path: string): Promise<unknown> {
  try {
    const payload = await payloadHash(path);
    await writer.write(await writer.plan(path, WANTED));
    if ((await payloadHash(path)) !== payload) return 'the audio changed';
    await writer.undoFile(path);
    return 'written and put back';
  } catch (thrown) {
    return thrown;
  }
}

async function inTime<T>(path: string, work: Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await Promise.race([
    work,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`${basename(path)} took too long`)), HANG_MS)),
  ]);
  expect(performance.now() - started, `${basename(path)} took too long`).toBeLessThan(HANG_MS);
  return result;
}

/** What must not change; of the huge ones only what a look at them tells. */
function fingerprint(path: string): string {
  const { size, mtimeMs } = statSync(path);
  if (size > 2 ** 26 || !statSync(path).isFile()) return `${size} ${mtimeMs}`;
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

interface Whole {
  readonly name: string;
  readonly bytes: Buffer;
}

function makeCases(folder: string, whole: readonly Whole[]): string[] {
  const put = (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder, name), bytes);
  for (const { name, bytes } of whole) {
    const kind = extname(name);
    put(`empty-${name}`, '');
    put(`one-byte-${name}`, bytes.subarray(0, 1));
    for (const part of [0.002, 0.02, 0.3, 0.6, 0.98])
      put(`cut-${part}-${name}`, bytes.subarray(0, Math.floor(bytes.length * part)));
    put(`cut-1-${name}`, bytes.subarray(0, bytes.length - 1));
    put(`without-its-beginning-${name}`, bytes.subarray(100));
    for (let seed = 1; seed <= 6; seed++) put(`flipped-${seed}-${name}`, flipped(bytes, seed));
    put(`filled-with-ones-${name}`, Buffer.concat([bytes.subarray(0, 64), Buffer.alloc(2000, 0xff)]));
    put(`twice-${name}`, Buffer.concat([bytes, bytes]));
    put(`text${kind}`, 'This is a poem.\n'.repeat(400));
    put(
      `picture${kind}`,
      Buffer.concat([
        Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0', 'latin1'),
        Buffer.alloc(5000, 0x5a),
        Buffer.from('\xff\xd9', 'latin1'),
      ]),
    );
  }
  put('flac.mp3', whole.find(({ name }) => name.endsWith('.flac'))!.bytes);
  put('wav.flac', whole.find(({ name }) => name.endsWith('.wav'))!.bytes);
  put('no extension', whole.find(({ name }) => name.endsWith('.wav'))!.bytes);
  put(
    'id3-of-256-megabytes.mp3',
    Buffer.concat([Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1'), Buffer.alloc(5000, 0xff)]),
  );
  mkdirSync(join(folder, 'folder.mp3'));
  if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'pipe.mp3')]);
  for (const kind of ['mp3', 'flac', 'ogg', 'm4a', 'wav']) sparse(join(folder, `sparse.${kind}`), Buffer.alloc(0));
  const wav = whole.find(({ name }) => name.endsWith('.wav'))!.bytes;
  sparse(join(folder, 'sparse-after-audio.wav'), wav);
  sparse(join(folder, 'sparse-after-audio.ogg'), whole.find(({ name }) => name.endsWith('.ogg'))!.bytes);
  return readdirSync(folder).map((name) => join(folder, name));
}

/** Some bits turned over, most of them near the beginning, where the structure is. */
function flipped(bytes: Buffer, seed: number): Buffer {
  const copy = Buffer.from(bytes);
  let state = seed * 2_654_435_761;
  for (let index = 0; index < 12; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const range = index < 8 ? Math.min(copy.length, 600) : copy.length;
    copy[state % range] ^= 1 << (state >>> 29);
  }
  return copy;
}

/** Ten gigabytes that take no room on the disk. */
function sparse(path: string, beginning: Buffer): void {
  const file = openSync(path, 'w');
  writeSync(file, beginning);
  ftruncateSync(file, 10 * 2 ** 30);
  closeSync(file);
}
