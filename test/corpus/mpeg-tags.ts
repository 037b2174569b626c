/** Tags of MPEG audio as byte for byte the standards allow them, and as hardly any program writes them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { id3v1, syncsafe } from './bytes';

const text = (value: string) => Buffer.from(`\x03${value}`, 'utf8');
const FOOTER = 0x10;

/** MP3 files with all of these, of those that ffmpeg made. */
export function addMpegTags(folder: string): void {
  const bare = readFileSync(join(folder, 'mp3-bare.mp3'));
  const put = (name: string, ...parts: Buffer[]) =>
    writeFileSync(join(folder, `mp3-${name}.mp3`), Buffer.concat(parts));
  put('footer', withFooter(), bare);
  put('appended-tag', bare, withFooter());
  put('id3v24-extended-header', extended24(), bare);
  put('id3v24-unsynchronised', unsynchronised24(), bare);
  put('id3v24-plain-sizes', plainSizes(), bare);
  put('locked-frames', lockedFrames(), bare);
  put('lyrics3', bare, lyrics3(), id3v1());
  put('ape-version-1', bare, apeVersion1(), id3v1());
  put('silence-before-audio', withPadding(plainFrames()), Buffer.alloc(700), bare);
  put('lame', withLameTag(readFileSync(join(folder, 'mp3-vbr.mp3'))));
  put('vbri', vbriFrame(bare, 39), bare);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A frame of ID3v2.4; its size as the standard wants it, or as an old iTunes wrote it. */
function frame24(id: string, body: Buffer, { flags = 0, isPlain = false } = {}): Buffer {
  const size = isPlain ? uint32(body.length) : syncsafe(body.length);
  return Buffer.concat([Buffer.from(id), size, Buffer.from([0, flags]), body]);
}

function head(mark: 'ID3' | '3DI', version: number, flags: number, length: number): Buffer {
  return Buffer.concat([Buffer.from(mark), Buffer.from([version, 0, flags]), syncsafe(length)]);
}

const tagOf = (version: 3 | 4, flags: number, body: Buffer) =>
  Buffer.concat([head('ID3', version, flags, body.length), body]);

const plainFrames = () =>
  Buffer.concat([
    frame24('TIT2', text('A title')),
    frame24('PRIV', Buffer.from('someone\0\xff\xfe\x00\xff', 'latin1')),
  ]);

const withPadding = (frames: Buffer) => tagOf(4, 0, Buffer.concat([frames, Buffer.alloc(300)]));

/** ID3v2.4 that ends with a copy of its header, and so may have no padding. */
function withFooter(): Buffer {
  const body = plainFrames();
  return Buffer.concat([tagOf(4, FOOTER, body), head('3DI', 4, FOOTER, body.length)]);
}

/** ID3v2.4 with all that an extended header can say: an update, a checksum, restrictions. */
function extended24(): Buffer {
  const crc = Buffer.from([5, 0x0b, 0x71, 0x12, 0x33, 0x7f]);
  const rest = Buffer.concat([Buffer.from([1, 0x70, 0]), crc, Buffer.from([1, 0x02])]);
  return tagOf(4, 0x40, Buffer.concat([syncsafe(rest.length + 4), rest, plainFrames(), Buffer.alloc(200)]));
}

/** ID3v2.4 whose frames are unsynchronised one by one, each with its length before that. */
function unsynchronised24(): Buffer {
  const shifted = (id: string, body: Buffer) => {
    const bytes = [...body].flatMap((byte, at) => {
      const next = body[at + 1] ?? 0;
      return byte === 0xff && (next === 0 || next >= 0xe0) ? [byte, 0] : [byte];
    });
    return frame24(id, Buffer.concat([syncsafe(body.length), Buffer.from(bytes)]), { flags: 0x03 });
  };
  const secret = Buffer.concat([Buffer.from('x\0'), Buffer.alloc(300, 0xff), Buffer.from([0xff, 0xe0, 0xff, 0])]);
  return tagOf(4, 0x80, Buffer.concat([shifted('TIT2', text('A title')), shifted('PRIV', secret), Buffer.alloc(50)]));
}

/** ID3v2.4 of an old iTunes: sizes in plain numbers, which differ from the standard's beyond 127 bytes. */
function plainSizes(): Buffer {
  const picture = Buffer.concat([Buffer.from('\0image/png\0\x03\0', 'latin1'), Buffer.alloc(3000, 0x71)]);
  const frames = [
    frame24('TIT2', text('A title')),
    frame24('COMM', text(`engiTunNORM\0${' 00000ABC'.repeat(40)}`), { isPlain: true }),
    frame24('APIC', picture, { isPlain: true }),
  ];
  return tagOf(4, 0, Buffer.concat([...frames, Buffer.alloc(500)]));
}

/** ID3v2.3 with frames that are compressed, encrypted or of a group: nobody but their writer can read all of them. */
function lockedFrames(): Buffer {
  const frame = (id: string, flags: number, body: Buffer) =>
    Buffer.concat([Buffer.from(id), uint32(body.length), Buffer.from([0, flags]), body]);
  const words = Buffer.from(`\0eng\0${'la '.repeat(300)}`, 'latin1');
  const frames = [
    frame('TIT2', 0, Buffer.from('\0A title', 'latin1')),
    frame('USLT', 0x80, Buffer.concat([uint32(words.length), deflateSync(words)])),
    frame('ENCR', 0, Buffer.from('someone\0\x81secret', 'latin1')),
    frame('TXXX', 0x40, Buffer.concat([Buffer.from([0x81]), Buffer.alloc(40, 0xa7)])),
    frame('GRID', 0, Buffer.from('someone\0\x82data', 'latin1')),
    frame('TPUB', 0x20, Buffer.from('\x82\0A label', 'latin1')),
  ];
  return tagOf(3, 0, Buffer.concat([...frames, Buffer.alloc(300)]));
}

/** Words of a song with their times, behind the audio and before ID3v1. */
function lyrics3(): Buffer {
  const field = (id: string, value: string) => `${id}${String(value.length).padStart(5, '0')}${value}`;
  const body = `LYRICSBEGIN${field('IND', '10')}${field('LYR', '[00:01]la la\r\n[00:02]la')}${field('EAL', 'An album')}`;
  return Buffer.from(`${body}${String(body.length).padStart(6, '0')}LYRICS200`, 'latin1');
}

/** The first version of the APE tag: no header, text without a stated encoding. */
function apeVersion1(): Buffer {
  const item = (key: string, value: string) => {
    const sizes = Buffer.alloc(8);
    sizes.writeUInt32LE(value.length);
    return Buffer.concat([sizes, Buffer.from(`${key}\0${value}`, 'latin1')]);
  };
  const items = Buffer.concat([item('Title', 'An item'), item('Artist', 'Someone'), item('Comment', 'a word')]);
  const footer = Buffer.alloc(32);
  footer.write('APETAGEX', 'latin1');
  for (const [index, value] of [1000, items.length + 32, 3].entries()) footer.writeUInt32LE(value, 8 + 4 * index);
  return Buffer.concat([items, footer]);
}

/** What LAME writes into the frame that Xing began: its name, gain, delay, and a checksum of all before it. */
function withLameTag(mp3: Buffer): Buffer {
  const copy = Buffer.from(mp3);
  const xingAt = ['Xing', 'Info'].map((mark) => copy.indexOf(mark, 0, 'latin1')).find((at) => at > 0)!;
  const frameAt = xingAt - 36;
  copy.write('LAME3.100', xingAt + 120, 'latin1');
  copy[xingAt + 129] = 0x04;
  copy.writeUInt16BE(crc16(copy.subarray(frameAt, frameAt + 190)), frameAt + 190);
  return copy;
}

/** CRC-16 of polynomial 0x8005, reflected. */
function crc16(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}

/** The first frame of the encoder of Fraunhofer, which tells of a changing bit rate: before audio that begins at once. */
function vbriFrame(bare: Buffer, frames: number): Buffer {
  const frame = Buffer.alloc(417);
  bare.copy(frame, 0, 0, 4);
  frame[2] &= ~2; // without the byte that fills some frames up
  const at = 36;
  frame.write('VBRI', at, 'latin1');
  for (const [index, value] of [1, 1105, 75].entries()) frame.writeUInt16BE(value, at + 4 + 2 * index);
  frame.writeUInt32BE(bare.length + frame.length, at + 10);
  frame.writeUInt32BE(frames, at + 14);
  for (const [index, value] of [4, 1, 2, 10].entries()) frame.writeUInt16BE(value, at + 18 + 2 * index);
  for (let index = 0; index < 4; index++) frame.writeUInt16BE(Math.floor(bare.length / 4), at + 26 + 2 * index);
  return frame;
}
