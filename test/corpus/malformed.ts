import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A file that is as it should be. */
export interface Whole {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Puts what can be wrong with each of the files into a folder: nothing in it, cut short, bits turned over, another kind
 * of file under its name, ten gigabytes. Gives back the paths.
 */
export function makeMalformed(folder: string, whole: readonly Whole[]): string[] {
  const put = (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder, name), bytes);
  for (const { name, bytes } of whole) {
    const kind = extname(name);
    put(`empty-${name}`, '');
    put(`one-byte-${name}`, bytes.subarray(0, 1));
    for (const part of [0.002, 0.02, 0.3, 0.6, 0.98])
      put(`cut-${part}-${name}`, bytes.subarray(0, Math.floor(bytes.length * part)));
    put(`cut-1-${name}`, bytes.subarray(0, bytes.length - 1));
    put(`without-its-beginning-${name}`, bytes.subarray(100));
    for (let seed = 1; seed <= 6; seed++) put(`flipped-${seed}-${name}`, flipped(bytes, seed));
    put(`filled-with-ones-${name}`, Buffer.concat([bytes.subarray(0, 64), Buffer.alloc(2000, 0xff)]));
    put(`twice-${name}`, Buffer.concat([bytes, bytes]));
    put(`text${kind}`, 'This is a poem.\n'.repeat(400));
    put(
      `picture${kind}`,
      Buffer.concat([
        Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0', 'latin1'),
        Buffer.alloc(5000, 0x5a),
        Buffer.from('\xff\xd9', 'latin1'),
      ]),
    );
  }
  put('flac.mp3', whole.find(({ name }) => name.endsWith('.flac'))!.bytes);
  put('wav.flac', whole.find(({ name }) => name.endsWith('.wav'))!.bytes);
  put('no extension', whole.find(({ name }) => name.endsWith('.wav'))!.bytes);
  put(
    'id3-of-256-megabytes.mp3',
    Buffer.concat([Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1'), Buffer.alloc(5000, 0xff)]),
  );
  mkdirSync(join(folder, 'folder.mp3'));
  if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'pipe.mp3')]);
  for (const kind of ['mp3', 'flac', 'ogg', 'm4a', 'wav']) sparse(join(folder, `sparse.${kind}`), Buffer.alloc(0));
  const wav = whole.find(({ name }) => name.endsWith('.wav'))!.bytes;
  sparse(join(folder, 'sparse-after-audio.wav'), wav);
  sparse(join(folder, 'sparse-after-audio.ogg'), whole.find(({ name }) => name.endsWith('.ogg'))!.bytes);
  return readdirSync(folder).map((name) => join(folder, name));
}

/** Twelve bits turned over, most of them near the beginning, where the structure is. */
function flipped(bytes: Buffer, seed: number): Buffer {
  const copy = Buffer.from(bytes);
  let state = seed * 2_654_435_761;
  for (let index = 0; index < 12; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const range = index < 8 ? Math.min(copy.length, 600) : copy.length;
    copy[state % range] ^= 1 << (state >>> 29);
  }
  return copy;
}

/** Ten gigabytes that take no room on the disk. */
function sparse(path: string, beginning: Buffer): void {
  const file = openSync(path, 'w');
  writeSync(file, beginning);
  ftruncateSync(file, 10 * 2 ** 30);
  closeSync(file);
}
