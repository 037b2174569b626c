import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { aFolder, aTone, endChildren, NOM, nom, serve, startNom } from './nom.fixture';

afterEach(endChildren);

it('leaves with 2 when the command is not understood, and says what there is', async () => {
  const data = aFolder();
  expect(await nom(data, ['nonsense'])).toMatchObject({ code: 2, stdout: '' });
  expect(await nom(data, ['list', '--status', 'asleep'])).toMatchObject({ code: 2, stdout: '' });
  const help = await nom(data, ['--help']);
  expect(help.code).toBe(0);
  for (const command of ['run', 'analyze', 'list', 'show-tags', 'undo', 'remove', 'cleanup', 'admin-reset', 'models'])
    expect(help.stdout).toContain(command);
});

it.each([
  'run ""',
  'run . ""',
  'queue ""',
  'analyze ""',
  'libraries add ""',
  'show-tags ""',
  'remove-tags ""',
  'take-over ""',
  'undo ""',
  'similar ""',
  'mix ""',
  'mix a.mp3 --m3u ""',
  'import-playlist ""',
  'export-playlists ""',
  'models import ""',
  'restore ""',
  'seed ""',
  'list --models ""',
])('takes an empty path for a mistake and touches nothing: nom %s', async (line) => {
  const data = join(aFolder(), 'never made');
  const args = line.split(' ').map((word) => (word === '""' ? '' : word));
  const stderr = 'A path is empty. Nothing was done.\n';
  expect(await nom(data, args)).toMatchObject({ code: 2, stdout: '', stderr });
  expect(() => statSync(data)).toThrow();
});

it('ends without a word when who reads its output leaves early', async () => {
  const child = startNom(aFolder(), ['models', 'list', '--json']);
  child.stdout.destroy();
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect({ stderr, code }).toEqual({ stderr: '', code: 141 });
});

it.runIf(process.platform === 'linux')('says in one sentence that its output has no space left', () => {
  const full = openSync('/dev/full', 'w');
  const env = { ...process.env, TONEARM_DATA: aFolder(), TONEARM_MODELS: '' };
  const { status, stderr } = spawnSync(process.execPath, [NOM, 'list'], { env, stdio: ['ignore', full, 'pipe'] });
  closeSync(full);
  const sentence = 'The result could not be written to standard output: there is no space left.\n';
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 1, stderr: sentence });
});

it.each([['list'], ['serve'], ['restore', 'latest']])(
  'says in one sentence that the data folder cannot be used: nom %s',
  async (...args) => {
    const file = join(aFolder(), 'a file');
    writeFileSync(file, '');
    const refused = await nom(join(file, 'data'), args);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^The data folder .+ belong to the user .+ TONEARM_DATA or --data .+\n$/);
  },
);

it('makes keys and sets the password without a running application', async () => {
  const data = aFolder();
  const made = await nom(data, ['key', 'create', 'Lidarr', '--scope', 'webhook']);
  expect(made.stdout).toMatch(/^tonearm_\S{43}\n$/);
  expect((await nom(data, ['key', 'list', '--json'])).json()).toMatchObject([{ items: [{ name: 'Lidarr' }] }]);
  expect(await nom(data, ['password', 'set'], 'correct horse\n')).toMatchObject({ code: 0 });
  const refused = await nom(data, ['password', 'set', '--json'], 'short\n');
  expect(refused.code).toBe(2);
  expect(refused.json()).toMatchObject([{ code: 'invalid_input', error: 'password: at least 8 characters' }]);
});

it('runs a folder from nothing: makes it a library, accounts for every file, and prints only JSON when asked', async () => {
  const data = aFolder();
  const music = join(aFolder(), 'Album');
  mkdirSync(music);
  writeFileSync(join(music, 'broken.flac'), 'no audio at all');
  writeFileSync(join(music, 'short.wav'), aTone(3));
  const run = await nom(data, ['run', music, '--no-write', '--json']);
  expect(run.stderr).toContain('is a library now');
  const [first, second, batch] = run.json();
  expect([first.status, second.outcome, second.reason]).toEqual(['error', 'skipped', 'too_short']);
  expect(batch).toMatchObject({ found: 2, done: 0, pending: 0, running: 0 });
  expect(run.code).toBe(1);
  const listed = (await nom(data, ['list'])).stdout.split('\n');
  expect(listed[1]).toMatch(/^2 +skipped +\S+short\.wav \(/);
  expect(listed[2]).toMatch(/^1 +failed +\S+broken\.flac \(/);
  for (const status of ['failed', 'error']) {
    const [{ total, jobs }] = (await nom(data, ['list', '--status', status, '--json'])).json();
    expect([total, jobs[0].path]).toEqual([1, join(music, 'broken.flac')]);
  }
  expect((await nom(data, ['run', join(aFolder(), 'gone')])).code).toBe(1);
});

it('makes no library of a folder with nothing to analyze, nor of any other that was named with it', async () => {
  const data = aFolder();
  const [music, none] = [aFolder(), aFolder()];
  writeFileSync(join(music, 'tone.wav'), aTone(3));
  writeFileSync(join(none, 'notes.txt'), 'no audio');
  const stderr = expect.stringMatching(/^\S+ and the folders in it hold no audio files that Tonearm knows\.\n$/);
  expect(await nom(data, ['run', music, none])).toMatchObject({ code: 1, stdout: '', stderr });
  expect(await nom(data, ['run', music, join(none, 'notes.txt')])).toMatchObject({ code: 1, stdout: '' });
  expect((await nom(data, ['libraries', '--json'])).json()).toEqual([[]]);
});

it('asks whether many files are gone when a scan misses them, and takes yes for an answer', async () => {
  const data = aFolder();
  const music = aFolder();
  const files = Array.from({ length: 6 }, (_, number) => join(music, `${number}.wav`));
  for (const file of files) writeFileSync(file, aTone(1));
  await nom(data, ['libraries', 'add', music]);
  expect(await nom(data, ['libraries', 'scan', '1'])).toMatchObject({ code: 0, stdout: '6 tracks, 0 missing\n' });
  for (const file of files.slice(1)) rmSync(file);
  const question = '5 of 6 files are not there any more. Nothing was marked missing. Are they gone indeed?';
  expect(await nom(data, ['libraries', 'scan', '1'])).toMatchObject({
    code: 3,
    stdout: '6 tracks, 0 missing\n',
    stderr: `${question} "nom libraries scan 1 --accept-missing" says yes.\n`,
  });
  const answered = await nom(data, ['libraries', 'scan', '1', '--accept-missing']);
  expect(answered).toMatchObject({ code: 0, stdout: expect.stringContaining('5 missing'), stderr: '' });
});

it('puts back what a job or a path names, and says why it leaves a file as it is', async () => {
  const data = aFolder();
  const music = aFolder();
  const [one, two] = ['one.wav', 'two.wav'].map((name) => join(music, name));
  const before = aTone(8);
  for (const file of [one, two]) writeFileSync(file, before);
  const way = expect.stringContaining('"nom undo --run 1" puts back what was changed.');
  expect(await nom(data, ['run', music])).toMatchObject({ code: 0, stderr: way });
  expect(await nom(data, ['undo', '--run', '1'])).toMatchObject({ code: 0, stdout: '2 files put back\n' });
  for (const file of [one, two]) expect(readFileSync(file)).toEqual(Buffer.from(before));
  expect(await nom(data, ['undo', one, '--run', '1'])).toMatchObject({ code: 2 });
  expect(await nom(data, ['undo', music])).toMatchObject({ code: 2, stderr: expect.stringContaining('is a folder') });
  const gone = await nom(data, ['show-tags', join(music, 'gone.mp3')]);
  expect(gone, 'that it ever was is not known').toMatchObject({ code: 1, stderr: 'The file is not there.\n' });
  expect(await nom(data, ['run', music])).toMatchObject({ code: 0 });
  expect(await nom(data, ['undo', one])).toMatchObject({ code: 0, stdout: '1 file put back\n' });
  expect(readFileSync(one)).toEqual(Buffer.from(before));
  expect(await nom(data, ['undo', one])).toMatchObject({ code: 1, stdout: '' });
  appendFileSync(two, 'more');
  const refused = await nom(data, ['undo', '4']);
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain(`${two}: The file was changed after this write, so it is not put back.`);
  expect(await nom(data, ['undo', '99'])).toMatchObject({ code: 1, stdout: expect.stringContaining('nothing') });
});

it('asks for what is missing before anything else, and says so in words', async () => {
  const data = aFolder();
  expect(await nom(data, ['list'])).toMatchObject({ code: 0, stdout: 'No jobs.\n' });
  expect(await nom(data, ['list', '--limit', 'many'])).toMatchObject({
    code: 2,
    stderr: 'limit: has to be a number\n',
  });
  expect(await nom(data, ['list', '--limit', '0'])).toMatchObject({ stderr: 'limit: has to be 1 or more\n' });
  expect(await nom(data, ['admin-reset'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--stuck') });
});

it('analyses without leaving a trace', async () => {
  const data = join(aFolder(), 'never made');
  const folder = aFolder();
  const file = join(folder, 'tone.wav');
  writeFileSync(file, aTone(8));
  const before = [readFileSync(file).toString('base64'), statSync(file).mtimeMs];
  const run = await nom(data, ['analyze', file, join(folder, 'gone.wav'), '--preset', 'precise', '--json']);
  expect(run.code).toBe(1);
  expect(run.json()).toMatchObject([
    { path: file, duration_s: 8, descriptors: { loudnessLufs: expect.any(Number) } },
    { path: join(folder, 'gone.wav'), code: 'not_found' },
  ]);
  const { stdout } = await nom(data, ['analyze', file]);
  expect(stdout, 'for people, in words and units').toMatch(/^ {2}loudness +-?[\d.]+ LUFS$/m);
  expect(stdout).not.toContain('{');
  expect([readFileSync(file).toString('base64'), statSync(file).mtimeMs]).toEqual(before);
  expect(readdirSync(folder)).toEqual(['tone.wav']);
  expect(() => statSync(data)).toThrow();
});

it('talks to the application that runs, and a second one finds it instead of starting', async () => {
  const data = aFolder();
  const { child, port, link, ended } = await serve(data);
  expect((await nom(data, ['info', '--json'])).json()).toMatchObject([{ config: { api_port: port } }]);
  const { stdout } = await nom(data, ['key', 'create']);
  const headers = { 'X-Api-Key': stdout.trim() };
  expect((await fetch(`http://127.0.0.1:${port}/api/v1/list`, { headers })).status).toBe(200);
  const restored = await nom(data, ['restore', 'latest']);
  expect(restored).toMatchObject({ code: 1, stderr: expect.stringContaining('no backup yet') });
  expect(await nom(data, ['serve'])).toMatchObject({ code: 0, stderr: expect.stringContaining('runs already') });

  const ticket = link.split('#login=')[1];
  const login = await fetch(`http://127.0.0.1:${port}/api/web/auth/ticket`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ticket }),
  });
  expect(login.status).toBe(200);

  child.kill('SIGINT');
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(0);
  expect(readdirSync(data)).not.toContain('instance.json');
  const log = readdirSync(join(data, 'logs')).map((name) => readFileSync(join(data, 'logs', name), 'utf8'));
  for (const secret of [headers['X-Api-Key'], ticket]) expect(log.join('')).not.toContain(secret);
});

it('queues what Lidarr posts within a tenth of a second, and nothing of a request that is wrong', async () => {
  const data = aFolder();
  const music = aFolder();
  const file = join(music, 'Träck "1".wav');
  writeFileSync(file, aTone(8));
  const { port } = await serve(data);
  await nom(data, ['pause']);
  await nom(data, ['libraries', 'add', music]);
  const headers = {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${(await nom(data, ['key', 'create', '--scope', 'webhook'])).stdout.trim()}`,
  };
  const post = async (body: unknown) => {
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/tag`, request);
    return { status: response.status, body: await response.json() };
  };
  expect(await post({ path: file, force: true })).toMatchObject({
    status: 200,
    body: { job_id: 1, status: 'queued', blocking: false, files_queued: 1 },
  });
  expect(await post({ path: file, force: true })).toMatchObject({ status: 200, body: { job_id: 1 } });
  for (const wrong of [{}, { path: '' }, { path: file, paths: [file] }, { path: '/etc/passwd' }, { path: `${file}x` }])
    expect((await post(wrong)).status).toBeOneOf([400, 404]);
  expect((await nom(data, ['list', '--json'])).json()).toMatchObject([{ total: 1 }]);
});
