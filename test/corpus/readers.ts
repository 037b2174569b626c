import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseFile } from 'music-metadata';
import { TagLib } from 'taglib-wasm';
import { pathOf } from '../support/requirements';

const run = promisify(execFile);

/** What a reader finds in a file: name in lower case → values in the reader's own form. */
export type Found = Record<string, unknown>;

/** What mutagen finds in each file. One process for all, because starting Python takes longer than reading. */
export async function readByMutagen(paths: readonly string[]): Promise<Record<string, Found>> {
  const child = run(pathOf('mutagen'), [join(import.meta.dirname, 'dump.py')], { maxBuffer: 256 * 1024 * 1024 });
  child.child.stdin!.end(JSON.stringify(paths));
  return JSON.parse((await child).stdout);
}

/** What ffprobe finds: tags of the file and of its streams, chapters, and what it takes the audio for. */
export async function readByFfprobe(path: string): Promise<Found> {
  const args = ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', '-show_chapters', path];
  const { stdout } = await run('ffprobe', args).catch(() => ({ stdout: '{}' }));
  const { format = {}, streams = [], chapters = [] } = JSON.parse(stdout);
  const found: Found = { chapters };
  for (const part of [format, ...streams]) {
    for (const [name, value] of Object.entries(part.tags ?? {})) found[name.toLowerCase()] = value;
  }
  for (const { index, codec_name, sample_rate, channels, duration_ts, width } of streams) {
    // For these ffprobe takes the length from the size of the file.
    const length = /\.(dsf|aac|mp3|mp2)$/.test(path) ? undefined : duration_ts;
    found[`stream ${index}`] = { codec_name, sample_rate, channels, duration_ts: length, width };
  }
  return found;
}

/** What music-metadata finds: every native tag of every kind of tag in the file, and the chapters. */
export async function readByMusicMetadata(path: string): Promise<Found> {
  const { native, format } = await parseFile(path, { includeChapters: true });
  const found: Found = { chapters: format.chapters, rate: format.sampleRate, codec: format.codec };
  for (const [kind, tags] of Object.entries(native)) {
    for (const { id, value } of tags) {
      const name = `${kind} ${id}`.toLowerCase();
      found[name] = [...((found[name] as unknown[] | undefined) ?? []), shortened(value)];
    }
  }
  return found;
}

let taglib: Promise<TagLib> | undefined;

/** What TagLib finds: its map of properties, pictures, chapters, and what it takes the audio for. */
export async function readByTagLib(path: string): Promise<Found> {
  taglib ??= TagLib.initialize();
  const file = await (await taglib).open(new Uint8Array(readFileSync(path)));
  try {
    const entries = Object.entries(file.properties()).map(([name, values]) => [name.toLowerCase(), values]);
    const { sampleRate, channels } = file.audioProperties() ?? {};
    const pictures = file.getPictures().map(({ data, ...rest }) => ({ ...rest, data: hashOf(data) }));
    return { ...Object.fromEntries(entries), pictures, audio: { sampleRate, channels } };
  } finally {
    file.dispose();
  }
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Pictures as their hash; the type that music-metadata gives one in WMA depends on where in the file it lies. */
function shortened(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || !('data' in value)) return value;
  const { data, type, ...rest } = value as { data: unknown; type?: unknown };
  return data instanceof Uint8Array ? { ...rest, data: hashOf(data) } : value;
}

/** MD5 of the decoded samples; undefined where ffmpeg cannot decode the file. */
export async function decodedMd5(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:a:0', '-f', 'md5', '-']);
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** Runs `work` for each, a few at a time. */
export async function forEach<T>(items: readonly T[], work: (item: T) => Promise<void>, atOnce = 4): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
