import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSmallFiles } from '../../../test/corpus/build';
import { dsdBytes, id3v22, monkeysBytes, musepackBytes } from '../../../test/corpus/bytes';
import { makeMalformed, type Whole } from '../../../test/corpus/malformed';
import { requires } from '../../../test/support/requirements';
import { aTagWriter, type WriterOfTags } from '../../../test/support/tag-writer';
import { payloadHash, readMetadata } from '../../files/tag-formats';
import type { WantedTags } from '../../files/tag-formats/tag-file/wanted-tags';
import { openDatabase } from '../../platform/database';
import { AppError } from '../../rpc/errors';

const { describe } = requires('ffmpeg');

const WANTED: WantedTags = { namespace: 'nom', tags: { happy: ['0.5'], long: ['y'.repeat(3000)] } };
const HANG_MS = 5000;
let base = '';
let cases: string[] = [];

describe('Malformed files', () => {
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
    cases = makeMalformed(join(base, 'cases'), whole);
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('has at least 60 of them', () => expect(cases.length).toBeGreaterThanOrEqual(60));

  it('each is either written safely and put back, or left alone with a reason; none harms, none hangs', async () => {
    const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
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

async function attempt(writer: WriterOfTags, path: string): Promise<unknown> {
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
