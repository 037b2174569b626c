import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { workerPrograms } from '../../src-main/app';
import { wavHeader } from '../../src-main/app/demo';
import { createFileReading } from '../../src-main/app/file-reading';
import { createVerify, createWrittenQueries } from '../../src-main/files/verify';
import { openDatabase, readHere } from '../../src-main/platform/database';
import { findPaths } from '../../src-main/platform/paths/paths';
import { createNodeHost } from '../../src-main/platform/worker-process';
import { buildSmallFiles } from '../corpus/build';
import { randomOf } from '../e2e/random';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { aTagWriter } from '../support/tag-writer';
import { times } from './cases';
import { recordFigure } from './figures';

const FILES = times(18, 450);
/** As large as a song without loss, where speed is measured. */
const LARGE_BYTES = times(1, 48) * 1024 * 1024;
const LARGE_FILES = times(2, 24);
const folder = temporaryFolder('verified');
afterAll(folder.remove);

/** A journal, who writes by it, and who reads again what was written. */
function aJournal() {
  const db = openDatabase(':memory:');
  const writer = aTagWriter({ db, reserveBytes: 0 });
  const host = createNodeHost(workerPrograms(findPaths({ data: join(folder.path, 'data'), models: [] })));
  const { judgeWritten: judge, stop } = createFileReading(host);
  onTestFinished(stop);
  const enqueue = async () => ({ batchId: 1, jobIds: [1], added: 1 });
  const reader = readHere(createWrittenQueries(db));
  const { handlers: answers } = createVerify({ db, judge, reader, enqueue, rootOf: () => folder.path });
  const write = async (file: string, namespace = 'nom') =>
    writer.write(await writer.plan(file, { namespace, tags: { happy: ['0.5'] } }));
  return { write, verify: () => answers.run({}, { transport: 'cli' }) };
}

requires('ffmpeg').it(
  `finds ${FILES} written files as the journal says, and each of them again when a bit was turned over in it`,
  async () => {
    const files = await buildSmallFiles(join(folder.path, 'small'), FILES);
    const [ours, another] = [aJournal(), aJournal()];
    for (const file of files) {
      utimesSync(file, 1_700_000_000, 1_700_000_000);
      await ours.write(file);
    }
    expect(await ours.verify()).toMatchObject({ files: FILES, counts: { intact: FILES }, findings: [] });
    const retagged = files.filter((_, index) => index % 3 === 0);
    for (const file of retagged) {
      await another.write(file, 'other');
      utimesSync(file, 1_800_000_000, 1_800_000_000);
    }
    const counts = { intact: FILES - retagged.length, retagged: retagged.length };
    expect(await ours.verify()).toMatchObject({ files: FILES, counts, findings: [] });
    for (const file of files) if (!retagged.includes(file)) turnBit(file, randomOf(24));
    const found = await ours.verify();
    expect(found.counts).toMatchObject({ retagged: retagged.length, damaged: FILES - retagged.length });
    recordFigure('R24', {
      what: 'written files read again and compared with the journal, a third of them retagged by another program',
      ...{ cases: FILES, passed: FILES, line: '100 % match' },
    });
    recordFigure('R24', {
      what: 'one bit turned over, size and time as before: found',
      ...{ cases: FILES - retagged.length, passed: found.counts.damaged, line: '100 %' },
    });
  },
);

/** As a failing disk does it: nothing but the bytes tells. */
function turnBit(file: string, random: () => number): void {
  const { atimeMs, mtimeMs } = statSync(file);
  const bytes = readFileSync(file);
  bytes[Math.floor(random() * bytes.length)] ^= 1;
  writeFileSync(file, bytes);
  utimesSync(file, atimeMs / 1000, mtimeMs / 1000);
}

it('reads large written files again in a process of its own, every byte of them', async () => {
  const { write, verify } = aJournal();
  mkdirSync(join(folder.path, 'large'));
  for (let index = 0; index < LARGE_FILES; index++) {
    const file = join(folder.path, 'large', `${index}.wav`);
    writeFileSync(file, aWave());
    await write(file);
  }
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const { counts, files, bytes } = await verify();
  const tookMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  loop.disable();
  expect({ files, counts }).toMatchObject({ files: LARGE_FILES, counts: { intact: LARGE_FILES } });
  expect(bytes).toBeGreaterThan(LARGE_FILES * LARGE_BYTES);
  const [speed, ofProcessor] = [bytes / 1000 / tookMs, bytes / (user + system)];
  recordFigure('R24', {
    what: `large files read again, ${(bytes / 1e9).toFixed(2)} GB`,
    ...{ cases: files, passed: speed >= 300 ? files : 0, line: '≥ 300 MB/s' },
    note: `${speed.toFixed(0)} MB/s, ${ofProcessor.toFixed(0)} MB a second of processor time; event loop p99 ${(loop.percentile(99) / 1e6).toFixed(1)} ms`,
  });
});

/** A sound of noise, stereo. */
function aWave(): Buffer {
  const header = wavHeader({ frames: LARGE_BYTES / 4, channels: 2, sampleRate: 44_100 });
  return Buffer.concat([header, randomBytes(LARGE_BYTES)]);
}
