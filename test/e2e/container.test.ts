import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect } from 'vitest';
import { readTags } from '../../src-main/files/tag-formats';
import { readInstance } from '../../src-main/platform/auth';
import { findRunning, type RemoteApp } from '../../src-main/transport/cli/terminal/remote';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { writeTinyModels } from '../support/tiny-model';
import { leftOvers, makeMusic } from './music';
import { batchEnded, jobsOf, until } from './served';

const { it } = requires('ffmpeg', 'mounts');

const NOM = join(import.meta.dirname, '../../out/main/cli.js');
const NOBODY = 65534;
/** Who owns the volumes; the application's group may write in them. */
const OWNER = 1000;
/** What a compose file and `docs/reverse-proxy.md` say; the application sees nothing else of this environment. */
const ENVIRONMENT = {
  TONEARM_DATA: '/mnt/data',
  TONEARM_MODELS: '/mnt/models',
  TONEARM_PORT: '0',
  TONEARM_LISTEN: '0.0.0.0',
  TONEARM_ALLOWED_HOSTS: 'music.example.org',
  TONEARM_TRUSTED_PROXIES: '127.0.0.1',
  TONEARM_BASE_PATH: '/tonearm',
};
/** The volumes at /mnt, a temporary file system, everything else for reading only, and no right to change that. */
const CONTAINER = `
  set -e
  mount --bind "$1" /mnt
  shift
  mount -t tmpfs -o mode=1777 tmpfs /tmp
  mount -o remount,bind,ro /
  exec setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all "$@"`;

const folder = temporaryFolder('container');
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  folder.remove();
});

/** Runs `nom` as a container would. */
function nom(args: readonly string[], input = ''): ChildProcess {
  const shell = ['sh', '-c', CONTAINER, 'container', folder.path, process.execPath, NOM, ...args];
  const env = { ...ENVIRONMENT, PATH: process.env.PATH };
  const child = spawn('unshare', ['--mount', '--propagation', 'private', ...shell], { env });
  children.push(child);
  child.stdin.end(input);
  return child;
}

function volume(name: string): string {
  const path = join(folder.path, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Belongs to another user, whose group may write: as a volume of a container does. */
function handOver(path: string): void {
  chownSync(path, OWNER, NOBODY);
  chmodSync(path, statSync(path).isDirectory() ? 0o2775 : 0o664);
}

it('sets up, scans, analyzes, writes, backs up and restores as nobody, on a read-only system, in volumes of another', async () => {
  chmodSync(folder.path, 0o755);
  const [data, music] = [volume('data'), volume('music')];
  const files = await makeMusic(music, 2);
  writeTinyModels(join(folder.path, 'models'));
  for (const path of [data, music, ...files]) handOver(path);

  const setting = nom(['password', 'set'], 'correct horse\n');
  const complaint = text(setting.stderr!);
  expect([(await once(setting, 'exit'))[0], await complaint]).toEqual([0, expect.any(String)]);

  const serving = nom(['serve', '--json']);
  let said = '';
  serving.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  serving.stdout?.resume();
  const running = (): Promise<RemoteApp | undefined> => findRunning(readInstance(join(data, 'instance.json')));
  const { api, address } = await until(`it to answer: ${said}`, running);

  const named = (Host: string) => fetch(`${address}/tonearm/health`, { headers: { 'X-Forwarded-Host': Host } });
  expect((await named('music.example.org')).status).toBe(200);
  expect((await named('evil.example')).status).toBe(421);

  await api.libraries.add({ root_path: '/mnt/music', watchMode: 'off' });
  const { batch_id: batchId } = await api.queue.tag({ path: '/mnt/music' });
  expect(await batchEnded(api, batchId)).toMatchObject({ found: files.length, done: files.length, failed: [] });
  expect([...(await jobsOf(api, batchId)).values()].map(({ reason }) => reason)).toEqual(files.map(() => null));
  for (const file of files) {
    expect(Object.keys(await readTags(file, 'nom'))).not.toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o664);
    expect(statSync(file).gid).toBe(NOBODY);
  }
  expect(leftOvers(music)).toEqual([]);

  const { name } = await api.backups.create({});
  await api.auth.createKey({ name: 'kept', scope: 'read' });
  expect(await api.backups.restore({ name })).toMatchObject({ isRestarting: true });
  await until('the database to be replaced', () =>
    readdirSync(data).some((each) => each.startsWith('tonearm.db.replaced-')),
  );
  const again = await until('it to be back', running);
  expect((await again.api.tracks.list({})).total).toBe(files.length);
  expect((await again.api.auth.listKeys({})).items.map((key) => key.name)).toEqual(['kept']);
}, 300_000);
