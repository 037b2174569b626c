/** Files that no program on the machine can write, as bytes. */
import { encodeApe } from '../support/ape/encoder';

const filler = (length: number) =>
  Buffer.from(Array.from({ length }, (_, index) => (index * 31 + (index >> 4)) & 0x7f));

/** Monkey's Audio 3.99: a second of a tone in two channels, which every decoder hears. */
export function monkeysBytes(): Buffer {
  const channel = (hertz: number) =>
    Int32Array.from({ length: 44_100 }, (_, at) => Math.round(9000 * Math.sin((2 * Math.PI * hertz * at) / 44_100)));
  return encodeApe([channel(440), channel(660)], { version: 3990, level: 1000, bits: 16 });
}

const MUSEPACK_FRAMES = 39;

/** Musepack stream version 8: stream header, replay gain, packets of one frame each, end. What decoders hear is noise. */
export function musepackBytes(): Buffer {
  const packet = (key: string, body: Buffer) =>
    Buffer.concat([Buffer.from(key), Buffer.from(varint(body.length)), body]);
  const varint = (length: number) => {
    const whole = length + 3 > 127 ? length + 4 : length + 3;
    return whole > 127 ? [0x80 | (whole >> 7), whole & 127] : [whole];
  };
  const samples = [0x82, 0xd8, 0x44]; // 44 100, seven bits a byte
  const stream = Buffer.from([1, 2, 3, 4, 8, ...samples, 0, 0x0f, 0x18]);
  const audio = filler(300 + MUSEPACK_FRAMES);
  return Buffer.concat([
    Buffer.from('MPCK'),
    packet('SH', stream),
    packet('RG', Buffer.alloc(9, 1)),
    ...Array.from({ length: MUSEPACK_FRAMES }, (_, at) => packet('AP', audio.subarray(at, at + 300))),
    packet('SE', Buffer.alloc(0)),
  ]);
}

/**
 * Musepack stream version 7: frames of 20 bits of length and, in this one, 36 samples of seven bits in the lowest band
 * of the first channel; all of it in words of 32 bits whose bytes are turned round.
 */
export function oldMusepackBytes(): Buffer {
  const head = Buffer.alloc(24);
  head.write('MP+\x07', 'latin1');
  head.writeUInt32LE(MUSEPACK_FRAMES, 4);
  head[11] = 0x40; // mid and side: two channels, whichever end readers count bits from
  const bits = (value: number, count: number) => value.toString(2).padStart(count, '0');
  const samples = Array.from({ length: 36 }, (_, at) => bits((at * 31 + (at >> 2) * 7) & 0x7f, 7)).join('');
  const frame = `1000000000010101${samples}`;
  const stream = `00000000${`${bits(frame.length, 20)}${frame}`.repeat(MUSEPACK_FRAMES)}`;
  // Behind the frames stand eleven bits: how many samples of the last one are meant.
  const words = Math.ceil((stream.length + 11) / 32);
  const body = Buffer.alloc(4 * words);
  const padded = stream.padEnd(32 * words, '0');
  for (let at = 0; at < words; at++)
    body.writeUInt32LE(Number.parseInt(padded.slice(32 * at, 32 * at + 32), 2), 4 * at);
  return Buffer.concat([head, body]);
}

/** DSF: one channel of DSD64, a fifth of a second of the pattern that is silence. */
export function dsdBytes(): Buffer {
  const audio = Buffer.alloc(4096 * 8, 0x69);
  const head = Buffer.alloc(28 + 52 + 12);
  head.write('DSD ', 'latin1');
  head.writeBigUInt64LE(28n, 4);
  head.writeBigUInt64LE(BigInt(head.length + audio.length), 12);
  head.write('fmt ', 28, 'latin1');
  head.writeBigUInt64LE(52n, 32);
  head.writeUInt32LE(1, 40);
  head.writeUInt32LE(0, 44);
  head.writeUInt32LE(1, 48);
  head.writeUInt32LE(1, 52);
  head.writeUInt32LE(2_822_400, 56);
  head.writeUInt32LE(1, 60);
  head.writeBigUInt64LE(BigInt(audio.length * 8), 64);
  head.writeUInt32LE(4096, 72);
  head.write('data', 80, 'latin1');
  head.writeBigUInt64LE(BigInt(12 + audio.length), 84);
  return Buffer.concat([head, audio]);
}

/** Four bytes of seven bits, as ID3v2 writes sizes. */
export function syncsafe(value: number): Buffer {
  return Buffer.from([(value >> 21) & 127, (value >> 14) & 127, (value >> 7) & 127, value & 127]);
}

/** An ID3v2.2 tag with text, a picture and padding. */
export function id3v22(): Buffer {
  const frame = (id: string, body: Buffer) =>
    Buffer.concat([
      Buffer.from(id),
      Buffer.from([body.length >> 16, (body.length >> 8) & 255, body.length & 255]),
      body,
    ]);
  const frames = Buffer.concat([
    frame('TT2', Buffer.from('\0An old title', 'latin1')),
    frame('TP1', Buffer.from('\0Someone', 'latin1')),
    frame('TXX', Buffer.from('\0mood\0calm', 'latin1')),
    frame('PIC', Buffer.concat([Buffer.from('\0PNG\x03front\0', 'latin1'), filler(3000)])),
    Buffer.alloc(300),
  ]);
  return Buffer.concat([Buffer.from('ID3\x02\0\0', 'latin1'), syncsafe(frames.length), frames]);
}

function id3v23(flags: number, body: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(['I', 'D', '3'].map((letter) => letter.charCodeAt(0))),
    Buffer.from([3, 0, flags]),
    syncsafe(body.length),
    body,
  ]);
}

function frame23(id: string, body: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  return Buffer.concat([Buffer.from(id), size, Buffer.alloc(2), body]);
}

/** An ID3v2.3 tag of an old tagger, unsynchronised as a whole: a zero follows each 0xFF that could mislead a player. */
export function unsynchronised(): Buffer {
  const plain = Buffer.concat([
    frame23('TIT2', Buffer.from('\0An old title', 'latin1')),
    frame23(
      'PRIV',
      Buffer.concat([Buffer.from('x\0'), Buffer.alloc(400, 0xff), Buffer.from([0xff, 0xe0, 0xff, 0, 0xff])]),
    ),
    Buffer.alloc(100),
  ]);
  const bytes: number[] = [];
  for (const [index, byte] of plain.entries()) {
    bytes.push(byte);
    const next = plain[index + 1] ?? 0;
    if (byte === 0xff && (next >= 0xe0 || next === 0)) bytes.push(0);
  }
  return id3v23(0x80, Buffer.from(bytes));
}

/** An ID3v2.3 tag with an extended header. */
export function extended(): Buffer {
  const header = Buffer.from([0, 0, 0, 6, 0, 0, 0, 0, 0, 100]);
  return id3v23(0x40, Buffer.concat([header, frame23('TIT2', Buffer.from('\0A title', 'latin1')), Buffer.alloc(100)]));
}

/** The 128 bytes of an ID3v1.1 tag. */
export function id3v1(): Buffer {
  const tag = Buffer.alloc(128);
  tag.write('TAG', 0, 'latin1');
  tag.write('A short title', 3, 'latin1');
  tag.write('Someone', 33, 'latin1');
  tag.write('1999', 93, 'latin1');
  tag[126] = 7;
  tag[127] = 17;
  return tag;
}
