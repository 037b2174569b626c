import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { id3v1, id3v22, monkeysBytes, musepackBytes, oldMusepackBytes } from './bytes';
import { flacBlocks } from './raw';

/** The same audio in arrangements that are allowed, and that most writers of tags never see. */
export function addRearranged(folder: string): void {
  const put = (name: string, bytes: Buffer) => writeFileSync(join(folder, name), bytes);
  const read = (name: string) => readFileSync(join(folder, name));
  addFlacs(read('flac-padded.flac'), put);
  const moovLast = read('m4a-moov-last.m4a');
  put('m4a-64-bit-mdat.m4a', withLargeMdat(moovLast));
  put('m4a-co64.m4a', withLargePositions(moovLast));
  put('m4a-64-bit-moov.m4a', withLargeMoov(moovLast));
  for (const [name, bytes] of Object.entries(withOtherUserData(moovLast))) put(`m4a-${name}.m4a`, bytes);
  put('opus-chained.opus', Buffer.concat([read('opus.opus'), read('opus-picture.opus')]));
  put('wav-cue.wav', withCuePoints(read('wav-bare.wav')));
  put('wav-studio.wav', withStudioChunks(read('wav-info.wav')));
  put('wav-bw64.wav', Buffer.concat([Buffer.from('BW64'), read('wav-rf64.wav').subarray(4)]));
  put('aiff-marks.aiff', withMarks(read('aiff.aiff')));
  put('flac-id3v1.flac', Buffer.concat([read('flac-tight.flac'), id3v1()]));
  put('wavpack-id3v1.wv', Buffer.concat([read('wavpack.wv'), id3v1()]));
  put('musepack-behind-id3.mpc', Buffer.concat([id3v22(), read('musepack.mpc')]));
  put('musepack-sv7-behind-id3.mpc', Buffer.concat([id3v22(), oldMusepackBytes()]));
  put('wavpack-behind-id3.wv', Buffer.concat([id3v22(), read('wavpack.wv')]));
  put('monkeys-behind-id3.ape', Buffer.concat([id3v22(), read('monkeys.ape'), id3v1()]));
  put('mp3-two-tags.mp3', Buffer.concat([id3v22(), read('mp3-by-ffmpeg.mp3')]));
  for (const name of ['bare', 'unusual']) put(`monkeys-${name}.ape`, monkeysBytes());
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

/** The box of all metadata with its length in 64 bits; it stands behind the audio, which does not move. */
function withLargeMoov(bytes: Buffer): Buffer {
  const at = bytes.lastIndexOf('moov', undefined, 'latin1') - 4;
  const head = Buffer.from('\0\0\0\x01moov\0\0\0\0\0\0\0\0', 'latin1');
  head.writeBigUInt64BE(BigInt(bytes.readUInt32BE(at)) + 8n, 8);
  return Buffer.concat([bytes.subarray(0, at), head, bytes.subarray(at + 8)]);
}

/**
 * The same file with user data of other forms in the box of all metadata, which stands behind the audio: none, empty,
 * closed by zeros, without tags, in two boxes, with metadata that has no version, and a track with some closed by zeros.
 */
export function withOtherUserData(bytes: Buffer): Record<string, Buffer> {
  const moovAt = bytes.lastIndexOf('moov', undefined, 'latin1') - 4;
  const udtaAt = bytes.lastIndexOf('udta', undefined, 'latin1') - 4;
  const udta = bytes.subarray(udtaAt, udtaAt + bytes.readUInt32BE(udtaAt));
  const metaAt = udta.indexOf('meta', 0, 'latin1') - 4;
  const meta = udta.subarray(metaAt, metaAt + udta.readUInt32BE(metaAt));
  const made = (...others: Buffer[]) => {
    const moov = Buffer.concat([bytes.subarray(moovAt, udtaAt), ...others, bytes.subarray(udtaAt + udta.length)]);
    moov.writeUInt32BE(moov.length);
    return Buffer.concat([bytes.subarray(0, moovAt), moov]);
  };
  const name = mp4Box('name', Buffer.from('a track'));
  const closed = mp4Box('udta', Buffer.concat([name, Buffer.alloc(4)]));
  const noTags = mp4Box('meta', Buffer.concat([Buffer.alloc(4), meta.subarray(12, 12 + meta.readUInt32BE(12))]));
  return {
    'no-udta': made(),
    'empty-udta': made(mp4Box('udta', Buffer.alloc(0))),
    'closed-udta': made(closed),
    'udta-without-meta': made(mp4Box('udta', name)),
    'meta-without-tags': made(mp4Box('udta', noTags)),
    'two-udta': made(mp4Box('udta', name), udta),
    'quicktime-meta': made(mp4Box('udta', mp4Box('meta', meta.subarray(12)))),
    'closed-track-udta': withinTrack(made(udta), closed),
  };
}

/** The file with a box at the end of its track; the audio stands before that. */
function withinTrack(bytes: Buffer, box: Buffer): Buffer {
  const [moovAt, trakAt] = ['moov', 'trak'].map((type) => bytes.lastIndexOf(type, undefined, 'latin1') - 4);
  const end = trakAt + bytes.readUInt32BE(trakAt);
  const copy = Buffer.concat([bytes.subarray(0, end), box, bytes.subarray(end)]);
  for (const at of [moovAt, trakAt]) copy.writeUInt32BE(bytes.readUInt32BE(at) + box.length, at);
  return copy;
}

function mp4Box(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
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

/** A chunk of a RIFF file, or of an AIFF file whose lengths are the other way round. */
function chunk(id: string, body: Buffer | string, isBig = false): Buffer {
  const bytes = Buffer.from(body as string, 'latin1');
  const head = Buffer.alloc(8);
  head.write(id, 'latin1');
  if (isBig) head.writeUInt32BE(bytes.length, 4);
  else head.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([head, bytes, Buffer.alloc(bytes.length & 1)]);
}

/** What broadcasters, samplers and studios put before and behind the audio; several of an odd length. */
function withStudioChunks(wav: Buffer): Buffer {
  const before = [
    chunk('bext', Buffer.alloc(603, 0x41)),
    chunk('JUNK', Buffer.alloc(27)),
    chunk('fact', '\xa4\xac\0\0'),
  ];
  const xml = '<?xml version="1.0"?><BWFXML><PROJECT>nom:happy</PROJECT></BWFXML> ';
  const behind = [
    chunk('iXML', xml),
    chunk('axml', '<a/>'),
    chunk('_PMX', '<x:xmpmeta/>\0'),
    chunk('smpl', Buffer.alloc(36, 1)),
  ];
  const dataAt = wav.indexOf('data', 12, 'latin1');
  const whole = Buffer.concat([wav.subarray(0, dataAt), ...before, wav.subarray(dataAt), ...behind]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}

/** Marks, an instrument and comments, as samplers write them; the notes of an odd length. */
function withMarks(aiff: Buffer): Buffer {
  const marks = chunk('MARK', '\0\x01\0\x01\0\0\0\x64\x05start', true);
  const more = [
    chunk('INST', Buffer.alloc(20, 60), true),
    chunk('ANNO', 'a note', true),
    chunk('ANNO', 'another', true),
  ];
  const whole = Buffer.concat([aiff, marks, ...more, chunk('APPL', 'pdosdata of a program', true)]);
  whole.writeUInt32BE(whole.length - 8, 4);
  return whole;
}
