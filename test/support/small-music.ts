import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';

/** A folder of its own for one test; removed by `remove`. */
export function temporaryFolder(name: string, below = tmpdir()): { path: string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(below, `tonearm-${name}-`)));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const made = new Map<string, Buffer>();

/**
 * Puts a real audio file of one second at a path, made by FFmpeg: a tone, so that each frequency is another payload,
 * with tags by FFmpeg's names. The container follows the extension.
 */
export function putTone(path: string, hertz: number, tags: Readonly<Record<string, string>> = {}): void {
  mkdirSync(dirname(path), { recursive: true });
  const key = JSON.stringify([extname(path), hertz, tags]);
  if (!made.has(key)) made.set(key, makeTone(path, hertz, tags));
  writeFileSync(path, made.get(key)!);
}

function makeTone(path: string, hertz: number, tags: Readonly<Record<string, string>>): Buffer {
  const named = Object.entries(tags).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]);
  const source = ['-f', 'lavfi', '-i', `sine=frequency=${hertz}:sample_rate=44100:duration=1`];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...source, '-bitexact', ...named, path]);
  return readFileSync(path);
}
