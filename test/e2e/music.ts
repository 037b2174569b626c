import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { payloadHash } from '../../src-main/files/tag-formats';
import { decodedMd5, forEach } from '../corpus/readers';

const run = promisify(execFile);
const KINDS = ['mp3', 'flac', 'ogg', 'opus', 'm4a', 'wav', 'aiff', 'wv', 'wma'];

/** Files of eight to twelve seconds, each with another sound, at least one of each container that ffmpeg writes. */
export async function makeMusic(folder: string, count: number): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const names = Array.from({ length: count }, (_, index) => {
    const kind = KINDS[index % KINDS.length];
    return { path: join(folder, `${String(index).padStart(2, '0')}.${kind}`), index };
  });
  await forEach(names, ({ path, index }) => makeOne(path, 8 + (index % 5), 220 + 17 * index));
  return names.map(({ path }) => path);
}

async function makeOne(path: string, seconds: number, hertz: number): Promise<void> {
  const source = `sine=${hertz}:d=${seconds}.2:r=22050:b=2`;
  const tags = ['-metadata', `title=Tone of ${hertz} Hz`, '-metadata', 'artist=Someone'];
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...tags, path]);
}

export const sha = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** What no tagging may change, and the bytes that an undo must bring back. */
export interface Print {
  readonly bytes: string;
  readonly payload: string;
  readonly sound: string | undefined;
}

/** The prints of files by path. `sound` is what FFmpeg decodes: another decoder than ours. */
export async function printsOf(paths: readonly string[]): Promise<Map<string, Print>> {
  const prints = new Map<string, Print>();
  await forEach(paths, async (path) => {
    prints.set(path, { bytes: sha(path), payload: await payloadHash(path), sound: await decodedMd5(path) });
  });
  return prints;
}

/** Copies that a write has left beside its file, anywhere below a folder. */
export function leftOvers(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.tonearm-'));
}
