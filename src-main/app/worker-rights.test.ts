import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../test/support/small-music';
import { findPaths } from '../platform/paths';
import { createNodeHost, createReadAccess, type WorkerChannel } from '../platform/worker-process';
import { workerPrograms } from './worker-programs';

const HOSTILE = join(import.meta.dirname, '../../test/support/hostile-worker.mjs');
const folder = temporaryFolder('rights');
afterAll(folder.remove);
afterEach(() => void vi.unstubAllEnvs());
// The worst place for the data: in the library itself.
const music = join(folder.path, 'music');
const data = join(music, '.tonearm');
const paths = findPaths({ data, models: [] });
const song = join(music, 'album', 'song.flac');
for (const [path, content] of [
  [song, 'sound'],
  [paths.secretKey, 'key'],
  [paths.database, 'rows'],
  [paths.instanceFile, 'token'],
  [join(paths.models, 'model.onnx'), 'weights'],
  [join(folder.path, 'elsewhere', 'letter.txt'), 'private'],
]) {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
}

interface Attempt {
  readonly name: string;
  readonly result: string;
}

/** A worker of that kind in which other code runs than was meant to; gives what comes of each attempt. */
async function takenOver(kind: string) {
  const programs = workerPrograms(paths);
  const access = createReadAccess([data]);
  access.setFolders(() => [music]);
  const host = createNodeHost({ [kind]: { ...programs[kind], entry: HOSTILE } });
  const reads = access.grantFor([song]).paths;
  const worker: WorkerChannel<object, Attempt> = await host.spawn(kind, { name: kind, reads });
  const next = () =>
    new Promise<Attempt>((resolve) => {
      const stopListening = worker.onMessage((attempt) => {
        stopListening();
        resolve(attempt);
      });
    });
  await next();
  return {
    async attempt(name: string, path = ''): Promise<string> {
      const answer = next();
      worker.post({ name, path });
      return (await answer).result;
    },
    stop: () => worker.kill(),
  };
}

describe.each(['infer', 'read-files'])('a worker of the kind "%s" whose code was taken over', (kind) => {
  it('reads what it is there to read, and nothing else', async () => {
    const { attempt, stop } = await takenOver(kind);
    expect(await attempt('read', song)).toBe('done');
    expect(await attempt('list', join(music, 'album'))).toBe('done');
    const outside = [paths.secretKey, paths.database, paths.instanceFile, join(folder.path, 'elsewhere', 'letter.txt')];
    for (const path of [...outside, '/etc/passwd', '/proc/self/environ', join(song, '../../.tonearm/secret.key')])
      for (const way of ['read', 'readByBytes', 'readAsync', 'readStream'])
        expect(await attempt(way, path), `${way} ${path}`).toBe('ERR_ACCESS_DENIED');
    for (const path of [data, music, homedir(), '/'])
      expect(await attempt('list', path), path).toBe('ERR_ACCESS_DENIED');
    expect(await attempt('read', join(paths.models, 'model.onnx'))).toBe(
      kind === 'infer' ? 'done' : 'ERR_ACCESS_DENIED',
    );
    stop();
  });

  it('changes nothing, not even what it may read', async () => {
    const { attempt, stop } = await takenOver(kind);
    const before = statSync(song);
    const ways = ['write', 'append', 'openToWrite', 'truncate', 'remove', 'rename', 'changeMode', 'changeTimes'];
    for (const path of [song, paths.secretKey, HOSTILE])
      for (const way of [...ways, 'link', 'hardLink']) expect(await attempt(way, path), way).toBe('ERR_ACCESS_DENIED');
    expect(await attempt('makeFolder', music)).toBe('ERR_ACCESS_DENIED');
    expect(readFileSync(song, 'utf8')).toBe('sound');
    expect(statSync(song)).toMatchObject({ mtimeMs: before.mtimeMs, mode: before.mode, nlink: 1 });
    stop();
  });

  it('starts neither program nor thread, and reaches no binding of Node', async () => {
    const { attempt, stop } = await takenOver(kind);
    for (const way of ['program', 'shell', 'fork', 'thread', 'binding'])
      expect(await attempt(way, HOSTILE), way).toBe('ERR_ACCESS_DENIED');
    const addon = await attempt('addon', song);
    expect(addon).toBe(kind === 'infer' ? 'ERR_DLOPEN_FAILED' : 'ERR_DLOPEN_DISABLED');
    stop();
  });

  it('finds nothing in its environment that is of use to it', async () => {
    const secrets = { TONEARM_SECRET: 'x', TONEARM_DATA: data, HOME: '/root', AWS_SECRET_ACCESS_KEY: 'x', TZ: 'UTC' };
    for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value);
    vi.stubEnv('NODE_OPTIONS', '--no-deprecation');
    const { attempt, stop } = await takenOver(kind);
    const names = (await attempt('environment'))
      .split(',')
      .filter((name) => !/^(LANG|LC_\w+|NODE_CHANNEL_\w+)$/.test(name));
    expect(names).toEqual(['TZ']);
    stop();
  });
});

it('follows the library where its folder is a link, and keeps the data out of reach by that name too', async () => {
  const link = join(folder.path, 'linked');
  symlinkSync(music, link);
  const access = createReadAccess([data]);
  access.setFolders(() => [link]);
  expect(access.grantFor([join(link, 'album', 'song.flac')]).paths).toEqual([join(link, 'album')]);
  expect(
    access.grantFor([join(link, '.tonearm', 'secret.key.flac')]).covers(join(link, '.tonearm', 'secret.key')),
  ).toBe(false);
});

it('grants the libraries at once, and of a file elsewhere its folder, without forgetting those just before', () => {
  const access = createReadAccess([join(folder.path, 'data')]);
  access.setFolders(() => ['/a', '/b']);
  const grant = access.grantFor(['/c/one/x.mp3']);
  expect(grant.paths).toEqual(['/a', '/b', '/c/one']);
  expect(['/a/x', '/b', '/c/one/y'].every(grant.covers)).toBe(true);
  expect(['/abc', '/c/two/x', '/a/../d/x', '/'].some(grant.covers)).toBe(false);
  expect(access.grantFor(['/c/two/x.mp3']).paths).toEqual(['/a', '/b', '/c/two', '/c/one']);
});
