import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { aScheduler } from '../../test/support/scheduler';
import { temporaryFolder } from '../../test/support/small-music';
import { createLibraries } from '../library/libraries';
import { createTrackRepository } from '../library/tracks';
import { openDatabase } from '../platform/database';
import { createEventBus } from '../platform/events';
import { findPaths } from '../platform/paths';

import { createNodeHost, residentBytes, type WorkerChannel, type WorkerHost } from '../platform/worker-process';
import { EVENTS, Settings } from './contract';
import { createFileReading } from './file-reading';
import { workerPrograms } from './worker-programs';

const MB = 1024 * 1024;
const PICTURE_BYTES = 250 * MB;
const folder = temporaryFolder('reading');
afterAll(folder.remove);
const music = join(folder.path, 'music');
mkdirSync(music);

/** A host that tells which process it has started last, and whose processes die over files of a name. */
function aHost(deadly?: string) {
  const host = createNodeHost(workerPrograms(findPaths({ data: folder.path, models: [] })));
  const started: WorkerChannel[] = [];
  const watched: WorkerHost = {
    async spawn<To, From>(kind: string, options: { name: string }) {
      const channel = await host.spawn<To, From>(kind, options);
      started.push(channel as unknown as WorkerChannel);
      const { post: send } = channel;
      const post = (message: To) => {
        send(message);
        if (deadly && JSON.stringify(message).includes(deadly)) channel.kill();
      };
      return Object.defineProperty(channel, 'post', { value: post });
    },
  };
  return { host: watched, worker: () => started.at(-1) };
}

function aLibrary(deadly?: string) {
  const { host, worker } = aHost(deadly);
  const { readMetadata, payloadHash, stop } = createFileReading(host);
  onTestFinished(stop);
  const db = openDatabase(':memory:');
  const tracks = createTrackRepository(db);
  const libraries = createLibraries({
    ...{ db, tracks, events: createEventBus(EVENTS), readMetadata, payloadHash, scheduler: aScheduler() },
    settings: { current: { ...Settings.parse({}), library_auto_tag: false } },
    enqueueTracks: () => ({ queued: 0, jobIds: [] }),
    knownFailures: () => new Map(),
    moved: () => {},
    report: (thrown) => {
      throw thrown;
    },
  });
  return { tracks, libraries, worker, readMetadata };
}

it('scans files with pictures of 250 MB: this process grows by less than 50 MB, the reader by less than 100 MB', async () => {
  putFlac(join(music, 'large.flac'), 'Large FLAC');
  putMp3(join(music, 'large.mp3'), 'Large MP3');
  for (const name of readdirSync(music)) expect(statSync(join(music, name)).size).toBeGreaterThan(PICTURE_BYTES * 0.99);
  const { libraries, tracks, worker, readMetadata } = aLibrary();
  const small = join(folder.path, 'small.mp3');
  putMp3(small, 'Small', 1000);
  await readMetadata(small);
  const library = await libraries.add(music);
  const peak = peakOf(() => [process.memoryUsage.rss(), residentBytes(worker()?.pid) ?? 0]);
  expect(await (await libraries.scan(library.id)).ended).toMatchObject({ outcome: 'done', added: 2, errors: 0 });
  const [here, there] = peak();
  const found = tracks.list({ query: '', show: 'all', sort: 'title', order: 'asc', limit: 9, offset: 0 });
  expect(found.items.map(({ title }) => title)).toEqual(['Large FLAC', 'Large MP3']);
  expect(here / MB).toBeLessThan(50);
  expect(there / MB).toBeLessThan(100);
});

it('gives a file over which the reader dies a reason, and scans the others', async () => {
  const { libraries, tracks } = aLibrary('deadly.mp3');
  const other = join(folder.path, 'other');
  mkdirSync(other);
  for (let index = 0; index < 40; index++) putMp3(join(other, `${index}.mp3`), `Song ${index}`, 100);
  putMp3(join(other, 'deadly.mp3'), 'Deadly', 100);
  const library = await libraries.add(other);
  expect(await (await libraries.scan(library.id)).ended).toMatchObject({ outcome: 'done', added: 41, errors: 1 });
  expect(tracks.findByPath(library.id, 'deadly.mp3')?.errorCode).toBe('worker_crashed');
  expect(tracks.findByPath(library.id, '7.mp3')).toMatchObject({ title: 'Song 7', errorCode: null });
});

/** Samples figures from now on; what comes back ends it and tells by how much each grew. */
function peakOf(sample: () => readonly number[]): () => number[] {
  const before = sample();
  const peaks = [...before];
  const look = () => {
    for (const [index, value] of sample().entries()) peaks[index] = Math.max(peaks[index], value);
  };
  const timer = setInterval(look, 5);
  return () => {
    clearInterval(timer);
    look();
    return peaks.map((peak, index) => peak - before[index]);
  };
}

/** A file of pieces, of which numbers are so many zeros that take no room on the disk. */
function putSparse(path: string, pieces: readonly (Buffer | number)[]): void {
  const file = openSync(path, 'w');
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece !== 'number') writeSync(file, piece, 0, piece.length, at);
    at += typeof piece === 'number' ? piece : piece.length;
  }
  ftruncateSync(file, at);
  closeSync(file);
}

/** Blocks of FLAC take 16 MB at most, so there are several. */
function putFlac(path: string, title: string): void {
  const block = (type: number, length: number) => Buffer.from([type, length >> 16, (length >> 8) & 255, length & 255]);
  const streamInfo = Buffer.alloc(34);
  streamInfo.set([0x10, 0, 0x10, 0], 0);
  // 44 100 Hz, two channels, 16 bits, ten seconds.
  streamInfo.set([0x0a, 0xc4, 0x42, 0xf0, 0, 0x06, 0xba, 0xa8], 10);
  const text = Buffer.from(`TITLE=${title}`);
  const comment = Buffer.concat([u32(0), u32(1), u32(text.length), text]);
  const head = Buffer.from([0, 0, 0, 3, ...[0, 0, 0, 9], ...Buffer.from('image/png'), ...Buffer.alloc(20)]);
  const picture = 15 * MB;
  const dataLength = Buffer.alloc(4);
  dataLength.writeUInt32BE(picture - head.length - 4);
  const pictures = Array.from({ length: 17 }, () => [
    ...[block(6, picture), head, dataLength],
    picture - head.length - 4,
  ]).flat();
  const start = [Buffer.from('fLaC'), block(0, 34), streamInfo, block(4, comment.length), comment];
  putSparse(path, [...start, ...pictures, block(0x81, 0), Buffer.from([0xff, 0xf8, 0xc9, 0x18])]);
}

function putMp3(path: string, title: string, pictureBytes = PICTURE_BYTES): void {
  const text = frame('TIT2', Buffer.from([3, ...Buffer.from(title)]));
  const head = Buffer.from([0, ...Buffer.from('image/png'), 0, 3, 0]);
  const picture = frame('APIC', head, pictureBytes);
  const size = text.length + picture.length + pictureBytes;
  // MPEG-1 layer 3, 128 kbit/s, 44 100 Hz: frames of 417 bytes.
  const silence = Buffer.alloc(417);
  silence.set([0xff, 0xfb, 0x90, 0]);
  const sound = Buffer.concat(Array.from({ length: 50 }, () => silence));
  const tag = Buffer.concat([Buffer.from('ID3'), Buffer.from([4, 0, 0]), syncsafe(size)]);
  putSparse(path, [tag, picture, pictureBytes, text, sound]);
}

const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);
const syncsafe = (value: number): Buffer => Buffer.from([21, 14, 7, 0].map((bits) => (value >> bits) & 0x7f));
const frame = (id: string, body: Buffer, more = 0): Buffer =>
  Buffer.concat([Buffer.from(id), syncsafe(body.length + more), Buffer.alloc(2), body]);
