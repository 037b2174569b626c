import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { payloads, type StandInLidarr, startLidarr } from '../support/lidarr';
import { requires } from '../support/requirements';
import { putTone, temporaryFolder } from '../support/small-music';
import { type Served, serve, until } from './served';

const { it } = requires('ffmpeg');

const home = temporaryFolder('whole-lidarr');
const music = join(home.path, 'music');
/** A name with all that a shell, JSON or a list could stumble over. */
const ODD = 'Sigur "Rós" | $HOME `id` \\ \'quoted\' 日本';
let lidarr: StandInLidarr;
let app: Served;
let id: number;

beforeAll(async () => {
  putTone(join(music, 'Artist', 'Album', '01 Song.mp3'), 440, { artist: 'Artist', album: 'Album' });
  putTone(join(music, ODD, 'Album', 'a|b.mp3'), 441, { artist: 'Odd', album: 'Album' });
  mkdirSync(join(home.path, 'data'));
  lidarr = await startLidarr();
  app = await serve({ data: join(home.path, 'data') });
  await app.api.libraries.add({ root_path: music, watchMode: 'off' });
  const connection = await app.api.connections.add({
    kind: 'lidarr',
    url: lidarr.url,
    secret: lidarr.key,
    options: { quietS: 0 },
  });
  id = connection.id;
  await app.api.pathMappings.add({ connectionId: id, remotePrefix: '/music', localPrefix: music });
}, 60_000);
afterAll(async () => {
  await app?.stop();
  await lidarr?.close();
  home.remove();
});

const eventOf = (eventType: string) =>
  until(`an event ${eventType}`, async () => {
    const { items } = await app.api.inbound.list({ connectionId: id });
    return items.find((event) => event.eventType === eventType && event.status !== 'pending');
  });

it('is called by Lidarr over the webhook that it put there, and queues what was imported', async () => {
  const { urls } = await app.api.lidarr.state({ id });
  await app.api.lidarr.install({ id, url: urls[0].url });
  expect(await eventOf('Test')).toMatchObject({ status: 'done', via: 'webhook' });
  expect(await lidarr.tell(payloads.download([{ id: 1, path: '/music/Artist/Album/01 Song.mp3' }]))).toEqual([200]);
  expect(await eventOf('Download')).toMatchObject({ status: 'done', message: '1 file to analyze.' });
  expect(await lidarr.tell('{"eventType": "Download"')).toEqual([400]);
  expect((await app.api.lidarr.state({ id })).verifiedAt).toBeTruthy();
});

requires('ffmpeg', 'curl', 'posix').it('hears the script that it made, whatever the variables hold', async () => {
  const { name, text } = await app.api.lidarr.script({ id, shell: 'sh' });
  const script = join(home.path, name);
  writeFileSync(script, text);
  chmodSync(script, 0o700);
  const run = (variables: Record<string, string>) =>
    execFileSync(script, { env: { PATH: process.env.PATH, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
  const variables = {
    lidarr_eventtype: 'AlbumDownload',
    lidarr_artist_name: `${ODD}\n(2nd line)`,
    lidarr_artist_path: `/music/${ODD}`,
    lidarr_album_title: 'Tab\there, \u0001 and "quotes"',
    lidarr_addedtrackpaths: `/music/${ODD}/Album/a|b.mp3`,
    not_for_us: 'a secret of the container',
  };
  run(variables);
  const event = await until('the event of the script', async () => {
    const { items } = await app.api.inbound.list({ connectionId: id });
    return items.find((each) => each.via === 'script' && each.status !== 'pending');
  });
  const { not_for_us, ...reported } = variables;
  expect(JSON.parse((await app.api.inbound.get({ id: event.id })).raw)).toEqual(reported);
  expect(event).toMatchObject({ eventType: 'Download', status: 'done', message: '1 file to analyze.' });
  run({ lidarr_eventtype: 'Test' });
});

requires('ffmpeg', 'curl', 'posix').it('has a script that never holds Lidarr up when nobody answers', () => {
  return app.api.lidarr.script({ id, shell: 'sh', url: 'http://127.0.0.1:1/hook' }).then(({ text }) => {
    const script = join(home.path, 'nobody.sh');
    writeFileSync(script, text, { mode: 0o700 });
    execFileSync(script, { env: { PATH: process.env.PATH, lidarr_eventtype: 'Test' }, stdio: 'pipe' });
  });
});

requires('ffmpeg', 'curl').it('still takes the one call of scripts made for Nomarr', async () => {
  const { urls } = await app.api.lidarr.state({ id });
  const { key } = await app.api.auth.createKey({ name: 'Lidarr', scope: 'webhook' });
  const body = JSON.stringify({ path: join(music, 'Artist', 'Album', '01 Song.mp3'), force: true });
  const answer = execFileSync('curl', [
    ...['-s', '-X', 'POST', `${new URL(urls[0].url).origin}/api/v1/tag`],
    ...['-H', `Authorization: Bearer ${key}`, '-H', 'Content-Type: application/json', '-d', body],
  ]);
  expect(JSON.parse(answer.toString())).toMatchObject({ status: 'queued', files_queued: 1, blocking: false });
});
