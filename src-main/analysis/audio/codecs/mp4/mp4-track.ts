import { AppError } from '../../../../rpc';
import { CopyProtectedError } from '../codec';
import { boxesIn, findBox, fourCc, u32 } from './mp4-boxes';

/** The audio track of a movie, as far as decoding needs it. */
export interface AudioTrack {
  /** By which fragments name it; undefined when its header is missing. */
  readonly id: number | undefined;
  /** What fragments need not repeat, from `mvex`. */
  readonly fragmentDefaults: { readonly duration: number; readonly size: number };
  /** The whole box's body. */
  readonly trak: Uint8Array;
  /** Four letters of the sample entry: `mp4a`, `alac`, … */
  readonly codec: string;
  /** AudioSpecificConfig of AAC. */
  readonly asc?: Uint8Array;
  /** Magic cookie of ALAC. */
  readonly alac?: Uint8Array;
  /** Bodies of the boxes that say where the music begins and ends. */
  readonly timing: Partial<Record<'elst' | 'mdhd' | 'stts' | 'mvhd' | 'ilst', Uint8Array>>;
  /** The sample table. */
  readonly stbl: Uint8Array;
}

const AAC_OBJECT_TYPES = new Set([0x40, 0x66, 0x67, 0x68]);
const PROTECTED = new Set(['drms', 'enca', 'p608']);

/**
 * The audio track that a player would take: an enabled one before a disabled, one that is no secret before an encrypted,
 * and then the one of the most channels. Throws `unsupported_file` when there is none, or when all are encrypted.
 */
export function audioTrackOf(moov: Uint8Array): AudioTrack {
  let hasVideo = false;
  let best: { trak: Uint8Array; rank: number } | undefined;
  for (const { type, body } of boxesIn(moov)) {
    if (type !== 'trak') continue;
    const handler = findBox(body, 'mdia/hdlr');
    const kind = handler && fourCc(handler, 8);
    hasVideo ||= kind === 'vide';
    if (kind !== 'soun') continue;
    const rank = rankOf(body);
    if (!best || rank > best.rank) best = { trak: body, rank };
  }
  if (best) return describe(moov, best.trak);
  throw new AppError(
    'unsupported_file',
    hasVideo ? 'This file holds a video without sound.' : 'This MP4 file has no audio track.',
  );
}

const ENABLED = 1;

function rankOf(trak: Uint8Array): number {
  const entry = firstEntry(trak);
  const isEnabled = ((findBox(trak, 'tkhd')?.[3] ?? 0) & ENABLED) === ENABLED;
  const channels = entry && entry.body.length >= 28 ? (entry.body[16] << 8) | entry.body[17] : 0;
  return (isEnabled ? 200_000 : 0) + (entry && !PROTECTED.has(entry.type) ? 100_000 : 0) + channels;
}

function firstEntry(trak: Uint8Array) {
  const stsd = findBox(trak, 'mdia/minf/stbl/stsd');
  return stsd && (boxesIn(stsd, 8).next().value ?? undefined);
}

function trackIdOf(tkhd: Uint8Array | undefined): number | undefined {
  const at = tkhd?.[0] === 1 ? 20 : 12;
  return tkhd && tkhd.length >= at + 4 ? u32(tkhd, at) : undefined;
}

function fragmentDefaultsOf(moov: Uint8Array, id: number | undefined) {
  for (const { type, body } of boxesIn(findBox(moov, 'mvex') ?? new Uint8Array(0))) {
    if (type === 'trex' && body.length >= 20 && u32(body, 4) === id)
      return { duration: u32(body, 12), size: u32(body, 16) };
  }
  return { duration: 0, size: 0 };
}

function describe(moov: Uint8Array, trak: Uint8Array): AudioTrack {
  const stbl = findBox(trak, 'mdia/minf/stbl');
  const entry = firstEntry(trak);
  const id = trackIdOf(findBox(trak, 'tkhd'));
  if (!stbl || !entry) throw new AppError('unreadable_audio', 'The audio track of this MP4 file is not described.');
  if (PROTECTED.has(entry.type)) {
    throw new CopyProtectedError();
  }
  const parts = entryParts(entry.body);
  const esds = findBox(parts, 'esds') ?? findBox(parts, 'wave/esds');
  const cookie = findBox(parts, 'alac') ?? findBox(parts, 'wave/alac');
  return {
    id,
    trak,
    fragmentDefaults: fragmentDefaultsOf(moov, id),
    codec: entry.type,
    asc: entry.type === 'mp4a' && esds ? aacConfig(esds) : undefined,
    alac: entry.type === 'alac' && cookie && cookie.length >= 24 ? cookie : undefined,
    timing: {
      elst: counted(findBox(trak, 'edts/elst'), (body) => (body[0] === 1 ? 20 : 12)),
      mdhd: findBox(trak, 'mdia/mdhd'),
      stts: counted(findBox(stbl, 'stts'), () => 8),
      mvhd: findBox(moov, 'mvhd'),
      ilst: findBox(moov, 'udta/meta/ilst'),
    },
    stbl,
  };
}

/** A table only if it really has as many rows as it says. */
function counted(body: Uint8Array | undefined, rowBytes: (body: Uint8Array) => number): Uint8Array | undefined {
  return body && body.length >= 8 && 8 + u32(body, 4) * rowBytes(body) <= body.length ? body : undefined;
}

/** The boxes inside a sample entry, whose fixed part has three lengths (QuickTime File Format, sound descriptions). */
function entryParts(entry: Uint8Array): Uint8Array {
  const version = (entry[8] << 8) | entry[9];
  const fixed = version === 1 ? 44 : version === 2 ? 64 : 28;
  return entry.subarray(Math.min(fixed, entry.length));
}

/** The AudioSpecificConfig out of an elementary stream descriptor (ISO/IEC 14496-1 §7.2.6); none for other codecs. */
function aacConfig(esds: Uint8Array): Uint8Array | undefined {
  for (let at = 4; at + 2 < esds.length; ) {
    const tag = esds[at++];
    let length = 0;
    let byte = 0x80;
    while (byte & 0x80 && at < esds.length) {
      byte = esds[at++];
      length = ((length << 7) | (byte & 0x7f)) & 0xffffff;
    }
    if (tag === 3) at += 3;
    else if (tag === 4) {
      if (!AAC_OBJECT_TYPES.has(esds[at])) return undefined;
      at += 13;
    } else if (tag === 5) return length >= 2 ? esds.subarray(at, at + length) : undefined;
    else at += length;
  }
  return undefined;
}
