/** Tags of others at random, in each kind of file: what nobody has written yet, and somebody will. */
import fc from 'fast-check';
import { layPages, writePage } from '../../src-main/files/tag-formats/xiph/ogg-page';
import { syncsafe } from './bytes';
import { pagesOf } from './ogg-arranged';

/** Pieces of others, each with the bytes by which it must be found again. */
export type Pieces = readonly Buffer[];

/** How a kind of file is given pieces, and how they are got at where they do not lie in one stretch. */
export interface Kind {
  readonly extension: string;
  readonly pieces: fc.Arbitrary<Pieces>;
  put(bare: Buffer, pieces: Pieces): Buffer;
  /** Where the pieces are looked for; the file as it is, unless something lies between them. */
  readonly unfolded?: (bytes: Buffer) => Buffer;
}

const noise = (maxLength: number) => fc.uint8Array({ maxLength, size: 'max' }).map((bytes) => Buffer.from(bytes));
const letters = (alphabet: string, length: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((all) => all.join(''));
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const PRINTABLE = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join('');
const some = (piece: fc.Arbitrary<Buffer>) => fc.array(piece, { minLength: 1, maxLength: 12, size: 'max' });

/** A name that a program could give; neither ours nor one of the fields that people can let us fill. */
const name = fc
  .string({ minLength: 2, maxLength: 40, unit: fc.constantFrom(...PRINTABLE.replace('=', '')) })
  .filter((text) => !/^nom[:_]|^(bpm|key|initialkey|tempo)$|^replaygain|^(id3|tag|oggs|mp\+)$/i.test(text));

function sized(value: number, { isBig = false } = {}): Buffer {
  const bytes = Buffer.alloc(4);
  if (isBig) bytes.writeUInt32BE(value);
  else bytes.writeUInt32LE(value);
  return bytes;
}

const KNOWN = 'PRIV GEOB TXXX COMM USLT SYLT APIC CHAP CTOC POPM UFID RVA2 MCDI TIT2 WXXX ETCO'.split(' ');
const frameId = fc
  .oneof(fc.constantFrom(...KNOWN), letters(CAPITALS, 4))
  .filter((id) => !['TBPM', 'TKEY'].includes(id));

/** Frames of any name and with any flags; what is in them means nothing, not even to the flags. */
const frames = (version: 3 | 4) =>
  some(
    fc.tuple(frameId, fc.nat(0xffff), noise(700)).map(([id, flags, body]) => {
      const size = version === 4 ? syncsafe(body.length) : sized(body.length, { isBig: true });
      return Buffer.concat([Buffer.from(id), size, Buffer.from([flags >> 8, flags & 255]), body]);
    }),
  );
const oldFrames = some(
  fc.tuple(letters(CAPITALS, 3), noise(700)).map(([id, body]) => {
    const isOurs = ['TBP', 'TKE'].includes(id);
    return Buffer.concat([Buffer.from(isOurs ? 'XYZ' : id), sized(body.length, { isBig: true }).subarray(1), body]);
  }),
);

function id3Of(version: number, pieces: Pieces): Buffer {
  const body = Buffer.concat([...pieces, Buffer.alloc(pieces[0].length % 3 === 0 ? 0 : 400)]);
  return Buffer.concat([Buffer.from('ID3'), Buffer.from([version, 0, 0]), syncsafe(body.length), body]);
}

const withoutId3 = (mp3: Buffer) => {
  const [a, b, c, d] = mp3.subarray(6, 10);
  return mp3.subarray(10 + ((a << 21) | (b << 14) | (c << 7) | d));
};
const mp3With = (version: 2 | 3 | 4, pieces: fc.Arbitrary<Pieces>): Kind => ({
  extension: 'mp3',
  pieces,
  put: (bare, made) => Buffer.concat([id3Of(version, made), withoutId3(bare)]),
});

/** Items of an APE tag: text that is none, binary, addresses. */
const apeItems = fc
  .uniqueArray(fc.tuple(name, fc.nat(7), noise(700)), {
    minLength: 1,
    maxLength: 12,
    selector: ([key]) => key.toLowerCase(),
  })
  .map((items) =>
    items.map(([key, flags, value]) =>
      Buffer.concat([sized(value.length), sized(flags), Buffer.from(`${key}\0`), value]),
    ),
  );

function apeTag(items: Pieces): Buffer {
  const body = Buffer.concat(items);
  const end = (flags: number) => {
    const numbers = [2000, body.length + 32, items.length, flags].map((value) => sized(value));
    return Buffer.concat([Buffer.from('APETAGEX'), ...numbers, Buffer.alloc(8)]);
  };
  return Buffer.concat([end(0xa0000000), body, end(0x80000000)]);
}

const comment = fc.tuple(name, noise(700)).map(([key, value]) => {
  const text = Buffer.concat([Buffer.from(`${key}=`), value]);
  return Buffer.concat([sized(text.length), text]);
});
const commentsOf = (pieces: Pieces) => Buffer.concat([sized(4), Buffer.from('some'), sized(pieces.length), ...pieces]);

/** Comments, and blocks: pictures, programs' own, kinds that do not exist yet. */
const flacBlocks = fc.tuple(
  some(comment),
  fc.array(fc.tuple(fc.constantFrom(2, 6, 7, 60, 126), noise(700)), { maxLength: 6 }),
);
const flac: Kind = {
  extension: 'flac',
  pieces: flacBlocks.map(([comments, blocks]) => [
    ...comments,
    ...blocks.map(([kind, body]) =>
      Buffer.concat([Buffer.from([kind]), sized(body.length, { isBig: true }).subarray(1), body]),
    ),
  ]),
  put(bare, pieces) {
    const isBlock = (piece: Buffer) => piece.length === 4 + piece.readUIntBE(1, 3) && piece[0] > 0 && piece[0] < 127;
    const blocks = pieces.filter(isBlock);
    const body = commentsOf(pieces.filter((piece) => !isBlock(piece)));
    const head = Buffer.concat([Buffer.from([0x84]), sized(body.length, { isBig: true }).subarray(1)]);
    let at = 4;
    while (!(bare[at] & 0x80)) at += 4 + bare.readUIntBE(at + 1, 3);
    const audio = bare.subarray(at + 4 + bare.readUIntBE(at + 1, 3));
    return Buffer.concat([Buffer.from('fLaC\0'), bare.subarray(5, 42), ...blocks, head, body, audio]);
  },
};

/** The packets of a stream one behind the other, as they were before they were laid into pages. */
const packetsOf = (bytes: Buffer) => Buffer.concat(pagesOf(bytes).map(({ body }) => body));
const ogg: Kind = {
  extension: 'ogg',
  pieces: some(comment),
  put(bare, pieces) {
    const [first, ...pages] = pagesOf(bare);
    // Both header packets end with a page, as all but the oldest encoders have it.
    const end = pages.findIndex(({ granule }) => granule > 0n);
    const headers = Buffer.concat(pages.slice(0, end).map(({ body }) => body));
    const setup = headers.subarray(headers.indexOf('\x05vorbis', 0, 'latin1'));
    const packet = Buffer.concat([Buffer.from('\x03vorbis'), commentsOf(pieces), Buffer.from([1])]);
    const laid = layPages([packet, setup], { serial: first.serial, sequence: 1, pages: 1 });
    const audio = pages.slice(end).map((page, at) => writePage(page, { ...page, sequence: 1 + laid.length + at }));
    return Buffer.concat([writePage(first, first), ...laid, ...audio]);
  },
  unfolded: packetsOf,
};

const box = (type: string, ...bodies: Buffer[]) => {
  const body = Buffer.concat(bodies);
  return Buffer.concat([sized(8 + body.length, { isBig: true }), Buffer.from(type, 'latin1'), body]);
};
const dataBox = fc
  .tuple(fc.nat(255), noise(700))
  .map(([kind, value]) => box('data', Buffer.from([0, 0, 0, kind, 0, 0, 0, 0]), value));
const full = (text: string) => Buffer.concat([Buffer.alloc(4), Buffer.from(text)]);
const atom = fc.oneof(
  fc
    .tuple(letters('abcdefghijklmnopqrstuvwxyz\xa9', 4), dataBox)
    .filter(([type]) => type !== 'tmpo')
    .map(([type, data]) => box(type, data)),
  fc
    .tuple(name, name, fc.array(dataBox, { minLength: 1, maxLength: 3 }))
    .map(([mean, key, data]) => box('----', box('mean', full(mean)), box('name', full(key)), ...data)),
);
const m4a: Kind = {
  extension: 'm4a',
  pieces: some(atom),
  put(bare, pieces) {
    const copy = Buffer.from(bare);
    const more = Buffer.concat(pieces);
    const from = copy.lastIndexOf('moov', undefined, 'latin1');
    const at = ['moov', 'udta', 'meta', 'ilst'].map((type) => copy.indexOf(type, from, 'latin1') - 4);
    for (const start of at) copy.writeUInt32BE(copy.readUInt32BE(start) + more.length, start);
    const end = at[3] + copy.readUInt32BE(at[3]) - more.length;
    return Buffer.concat([copy.subarray(0, end), more, copy.subarray(end)]);
  },
};

/** Chunks that are neither audio nor known to us; one of an odd length is followed by a zero. */
const chunks = (isBig: boolean) =>
  some(
    fc
      .tuple(letters(PRINTABLE, 4), noise(700))
      .filter(([id]) => !/^(data|fmt |fact|ds64|list|id3 |comm|ssnd|fver|form|riff)$/i.test(id))
      .map(([id, body]) =>
        Buffer.concat([Buffer.from(id), sized(body.length, { isBig }), body, Buffer.alloc(body.length & 1)]),
      ),
  );
const riff = (extension: 'wav' | 'aiff'): Kind => ({
  extension,
  pieces: chunks(extension === 'aiff'),
  put(bare, pieces) {
    const half = pieces.length >> 1;
    const whole = Buffer.concat([
      bare.subarray(0, 12),
      ...pieces.slice(0, half),
      bare.subarray(12),
      ...pieces.slice(half),
    ]);
    if (extension === 'aiff') whole.writeUInt32BE(whole.length - 8, 4);
    else whole.writeUInt32LE(whole.length - 8, 4);
    return whole;
  },
});

const EXTENDED_CONTENT = '40a4d0d207e3d21197f000a0c95ea850';
const short = (value: number) => Buffer.from([value & 255, value >> 8]);
const attribute = fc.tuple(name, fc.constantFrom(0, 1, 2, 3, 4, 5), noise(700)).map(([key, kind, value]) => {
  const lengths: Record<number, number> = { 2: 4, 3: 4, 4: 8, 5: 2 };
  const text = Buffer.from(`${key}\0`, 'utf16le');
  const body = Buffer.concat([value, Buffer.alloc(8)]).subarray(0, lengths[kind] ?? value.length & ~1);
  return Buffer.concat([short(text.length), text, short(kind), short(body.length), body]);
});
const wma: Kind = {
  extension: 'wma',
  pieces: some(attribute),
  put(bare, pieces) {
    const copy = Buffer.from(bare);
    const more = Buffer.concat(pieces);
    const at = copy.indexOf(Buffer.from(EXTENDED_CONTENT, 'hex'));
    const end = at + Number(copy.readBigUInt64LE(at + 16));
    for (const start of [16, at + 16]) copy.writeBigUInt64LE(copy.readBigUInt64LE(start) + BigInt(more.length), start);
    copy.writeUInt16LE(copy.readUInt16LE(at + 24) + pieces.length, at + 24);
    return Buffer.concat([copy.subarray(0, end), more, copy.subarray(end)]);
  },
};

/** Every kind of tags that we write into, by the name for people. */
export const KINDS: Readonly<Record<string, Kind>> = {
  'ID3v2.2': mp3With(2, oldFrames),
  'ID3v2.3': mp3With(3, frames(3)),
  'ID3v2.4': mp3With(4, frames(4)),
  'APE behind MP3': {
    extension: 'mp3',
    pieces: apeItems,
    put: (bare, made) => Buffer.concat([withoutId3(bare), apeTag(made)]),
  },
  'APE behind WavPack': {
    extension: 'wv',
    pieces: apeItems,
    put: (bare, made) => Buffer.concat([bare.subarray(0, bare.indexOf('APETAGEX', 0, 'latin1')), apeTag(made)]),
  },
  'blocks and comments of FLAC': flac,
  'comments of Ogg': ogg,
  'atoms of MP4': m4a,
  'chunks of WAV': riff('wav'),
  'chunks of AIFF': riff('aiff'),
  'attributes of WMA': wma,
};
