import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { id3v22, monkeysBytes, musepackBytes, oldMusepackBytes } from './bytes';
import { flacBlocks } from './raw';

/** The same audio in arrangements that are allowed, and that most writers of tags never see. */
export function addRearranged(folder: string): void {
  const put = (name: string, bytes: Buffer) => writeFileSync(join(folder, name), bytes);
  const read = (name: string) => readFileSync(join(folder, name));
  addFlacs(read('flac-padded.flac'), put);
  const moovLast = read('m4a-moov-last.m4a');
  put('m4a-64-bit-mdat.m4a', withLargeMdat(moovLast));
  put('m4a-co64.m4a', withLargePositions(moovLast));
  put('opus-chained.opus', Buffer.concat([read('opus.opus'), read('opus-picture.opus')]));
  put('wav-cue.wav', withCuePoints(read('wav-bare.wav')));
  put('mp3-two-tags.mp3', Buffer.concat([id3v22(), read('mp3-by-ffmpeg.mp3')]));
  put('monkeys-bare.ape', monkeysBytes());
  put('musepack-bare.mpc', musepackBytes());
  put('musepack-sv7.mpc', oldMusepackBytes());
}

function addFlacs(flac: Buffer, put: (name: string, bytes: Buffer) => void): void {
  const { blocks, audioAt } = flacBlocks(flac);
  const [info, ...rest] = blocks.map(({ bytes }) => ({ type: bytes[0] & 0x7f, body: bytes.subarray(4) }));
  const others = rest.filter(({ type }) => type !== 1);
  const padding = { type: 1, body: Buffer.alloc(3000) };
  const made = (...list: (typeof info)[]) => Buffer.concat([flacOf(list), flac.subarray(audioAt)]);
  put('flac-padding-first.flac', made(info, padding, ...others));
  put('flac-padding-middle.flac', made(info, others[0], padding, ...others.slice(1)));
  const seekPoint = Buffer.alloc(18);
  seekPoint.writeUInt16BE(4096, 16);
  const placeholder = Buffer.concat([Buffer.alloc(8, 0xff), Buffer.alloc(10)]);
  const table = { type: 3, body: Buffer.concat([seekPoint, placeholder]) };
  put('flac-seek-table.flac', made(info, table, { type: 2, body: Buffer.from('testdata of a program') }, ...others));
  const picture = others.find(({ type }) => type === 6)!.body;
  const noise = Buffer.from(
    Uint32Array.from({ length: 750_000 }, (_, index) => Math.imul(index, 2_654_435_761)).buffer,
  );
  const large = Buffer.concat([picture.subarray(0, picture.length - 90_008), noise]);
  large.writeUInt32BE(noise.length, large.length - noise.length - 4);
  put('flac-big-picture.flac', made(info, ...others, { type: 6, body: large }, padding));
  const unknown = { type: 0, body: Buffer.concat([info.body.subarray(0, 18), Buffer.alloc(16)]) };
  put('flac-md5-zero.flac', made(unknown, ...others));
}

function flacOf(blocks: readonly { type: number; body: Buffer }[]): Buffer {
  const pieces = blocks.flatMap(({ type, body }, index) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(body.length);
    head[0] = type | (index === blocks.length - 1 ? 0x80 : 0);
    return [head, body];
  });
  return Buffer.concat([Buffer.from('fLaC'), ...pieces]);
}

/** FFmpeg leaves eight free bytes before the audio, in which the longer size has room. */
function withLargeMdat(bytes: Buffer): Buffer {
  const at = bytes.indexOf('mdat', 0, 'latin1') - 4;
  if (bytes.toString('latin1', at - 4, at) !== 'free') throw new Error('There is no room before the audio.');
  const copy = Buffer.from(bytes);
  copy.writeUInt32BE(1, at - 8);
  copy.write('mdat', at - 4, 'latin1');
  copy.writeBigUInt64BE(BigInt(bytes.readUInt32BE(at)) + 8n, at);
  return copy;
}

/** Positions of 64 bits in a file whose audio stands before them, so that none of them moves. */
function withLargePositions(bytes: Buffer): Buffer {
  const path = ['moov', 'trak', 'mdia', 'minf', 'stbl'];
  const copy = Buffer.from(bytes);
  const at = bytes.indexOf('stco', bytes.indexOf('moov', 0, 'latin1'), 'latin1') - 4;
  const count = bytes.readUInt32BE(at + 12);
  const table = Buffer.alloc(16 + 8 * count);
  table.writeUInt32BE(table.length, 0);
  table.write('co64', 4, 'latin1');
  table.writeUInt32BE(count, 12);
  for (let index = 0; index < count; index++)
    table.writeBigUInt64BE(BigInt(bytes.readUInt32BE(at + 16 + 4 * index)), 16 + 8 * index);
  for (const name of path) {
    const boxAt = bytes.lastIndexOf(name, at, 'latin1') - 4;
    copy.writeUInt32BE(bytes.readUInt32BE(boxAt) + 4 * count, boxAt);
  }
  return Buffer.concat([copy.subarray(0, at), table, copy.subarray(at + 16 + 4 * count)]);
}

/** Cue points and their labels behind the audio, the labels of an odd length. */
function withCuePoints(wav: Buffer): Buffer {
  const cue = Buffer.alloc(8 + 4 + 24);
  cue.write('cue ', 'latin1');
  cue.writeUInt32LE(28, 4);
  cue.writeUInt32LE(1, 8);
  cue.write('data', 8 + 4 + 8, 'latin1');
  const label = Buffer.from('LIST\x19\0\0\0adtllabl\x0d\0\0\0\x01\0\0\0A marker\0\0', 'latin1');
  const whole = Buffer.concat([wav, cue, label]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}
