/** Files that no program on the machine can write, as bytes: the heads that readers ask for, and something as audio. */

const filler = (length: number) =>
  Buffer.from(Array.from({ length }, (_, index) => (index * 31 + (index >> 4)) & 0x7f));

/** Monkey's Audio 3.99: descriptor, header, and a body that no one decodes. */
export function monkeysBytes(): Buffer {
  const head = Buffer.alloc(52 + 24);
  head.write('MAC ', 'latin1');
  head.writeUInt16LE(3990, 4);
  head.writeUInt32LE(52, 8);
  head.writeUInt32LE(24, 12);
  head.writeUInt32LE(4000, 24);
  head.writeUInt16LE(2000, 52);
  head.writeUInt32LE(73_728, 56);
  head.writeUInt32LE(44_100, 60);
  head.writeUInt32LE(1, 64);
  head.writeUInt16LE(16, 68);
  head.writeUInt16LE(2, 70);
  head.writeUInt32LE(44_100, 72);
  return Buffer.concat([head, filler(4000)]);
}

/** Musepack stream version 8: stream header, replay gain, audio packet, end. */
export function musepackBytes(): Buffer {
  const packet = (key: string, body: Buffer) =>
    Buffer.concat([Buffer.from(key), Buffer.from(varint(body.length)), body]);
  const varint = (length: number) => {
    const whole = length + 3 > 127 ? length + 4 : length + 3;
    return whole > 127 ? [0x80 | (whole >> 7), whole & 127] : [whole];
  };
  const samples = [0x82, 0xd8, 0x44]; // 44 100, seven bits a byte
  const stream = Buffer.from([0, 0, 0, 0, 8, ...samples, 0, 0x0f, 0x1b]);
  return Buffer.concat([
    Buffer.from('MPCK'),
    packet('SH', stream),
    packet('RG', Buffer.alloc(9, 1)),
    packet('AP', filler(2000)),
    packet('SE', Buffer.alloc(0)),
  ]);
}

/** Musepack stream version 7: 39 frames at 44 100 Hz, and a body that no one decodes. */
export function oldMusepackBytes(): Buffer {
  const head = Buffer.alloc(28);
  head.write('MP+\x07', 'latin1');
  head.writeUInt32LE(39, 4);
  head[11] = 0x41; // mid and side: two channels, whichever end readers count bits from
  return Buffer.concat([head, filler(2000)]);
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

function syncsafe(value: number): Buffer {
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
