import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { pathOf } from '../support/requirements';
import { type Found, readByFfprobe, readByMutagen, readByTagLib } from './readers';

/** What a player finds in files of one folder: path → name → values, however it spells both. */
export type PlayerReads = (paths: readonly string[], work: string) => Promise<Record<string, Found>>;

const eachBy =
  (read: (path: string) => Promise<Found>): PlayerReads =>
  async (paths) =>
    Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await read(path)] as const)));

const byPython =
  (reader: 'quodlibet' | 'beets'): PlayerReads =>
  async (paths) => {
    const env = { ...process.env, HOME: dirname(paths[0]), QUODLIBET_NO_HINTS: '1' };
    const script = join(import.meta.dirname, 'players.py');
    const child = promisify(execFile)(pathOf(reader), [script, reader], { env, maxBuffer: 64 * 1024 * 1024 });
    child.child.stdin!.end(JSON.stringify(paths));
    return JSON.parse((await child).stdout);
  };

export const PLAYERS = {
  MPD: readByMpd,
  'Quod Libet': byPython('quodlibet'),
  beets: byPython('beets'),
  TagLib: eachBy(readByTagLib),
  mutagen: readByMutagen,
  ffprobe: eachBy(readByFfprobe),
} as const satisfies Record<string, PlayerReads>;
export type Player = keyof typeof PLAYERS;

/** A server of its own on a socket in `work`, which is asked for the comments of each file. */
async function readByMpd(paths: readonly string[], work: string): Promise<Record<string, Found>> {
  const at = (name: string) => join(work, name);
  mkdirSync(work, { recursive: true });
  const settings = { music_directory: dirname(paths[0]), db_file: at('db'), bind_to_address: at('socket') };
  const lines = Object.entries(settings).map(([name, value]) => `${name} "${value}"`);
  writeFileSync(at('mpd.conf'), [...lines, 'audio_output {\n type "null"\n name "none"\n}', ''].join('\n'));
  const server = spawn(pathOf('mpd'), ['--no-daemon', '--stderr', at('mpd.conf')], { stdio: 'ignore' });
  try {
    while (!existsSync(at('socket'))) {
      if (server.exitCode !== null) throw new Error(`MPD ended with ${server.exitCode}.`);
      await wait(20);
    }
    const ask = (command: string) => askMpd(at('socket'), command);
    await ask('update');
    while ((await ask('status')).some((line) => line.startsWith('updating_db'))) await wait(20);
    const found: Record<string, Found> = {};
    for (const path of paths) found[path] = fieldsOf(await ask(`readcomments "${basename(path)}"`));
    return found;
  } finally {
    server.kill();
  }
}

/** The lines of an answer, without the one that ends it. */
function askMpd(socket: string, command: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let text = '';
    const connection = connect(socket, () => void connection.write(`${command}\n`));
    connection.on('error', reject);
    connection.on('data', (data) => {
      text += data.toString('utf8');
      // The greeting ends with a version behind its OK.
      if (!/^(OK|ACK .*)\n$/m.test(text.slice(text.indexOf('\n') + 1))) return;
      connection.destroy();
      resolve(text.split('\n').slice(1, -2));
    });
  });
}

function fieldsOf(lines: readonly string[]): Found {
  const found: Record<string, string[]> = {};
  for (const line of lines) {
    const split = line.indexOf(': ');
    const name = line.slice(0, split).toLowerCase();
    found[name] = [...(found[name] ?? []), line.slice(split + 2)];
  }
  return found;
}
