import { type CodecInput, type DecodedBlock, decodePieces } from '../codec';
import { boxesIn } from './mp4-boxes';
import type { Media } from './mp4-media';
import { mediaSeconds } from './mp4-timing';
import type { AudioTrack } from './mp4-track';

/** Where the samples are: what is given here are fragments of our own making. */
const TABLES = new Set(['stsz', 'stz2', 'stco', 'co64', 'stsc', 'stss', 'sbgp', 'sgpd']);
const CONTAINERS = new Set(['mdia', 'minf', 'stbl', 'edts']);
const DEFAULT_BASE_IS_MOOF = 0x20000;
const HAS_OFFSET_AND_SIZES = 0x201;

/**
 * What else MP4 may hold (FLAC, Opus, MP3, AC-3, PCM …), by a decoder that takes a file with its index first: it is
 * given one that holds this track alone, in fragments, wherever the samples lie in the real one.
 */
export async function* decodeOtherMp4(
  { damage }: CodecInput,
  track: AudioTrack,
  media: Media,
): AsyncGenerator<DecodedBlock> {
  const { decoder } = await import('@audio/decode-mp4');
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    yield movieOf(track, media);
    for await (const samples of media.samples()) yield fragmentOf(track.id ?? 1, samples);
    damage.expectedS = mediaSeconds(track, media);
  };
  yield* decodePieces(await decoder(), pieces());
}

function box(type: string, ...bodies: Uint8Array[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(bodies.reduce((sum, { length }) => sum + length, 8));
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...bodies]);
}

function movieOf(track: AudioTrack, media: Media): Buffer {
  const { mvhd, ilst } = track.timing;
  // Lengths of the first fragment would cut the others off.
  const left = media.isFragmented ? new Set([...TABLES, 'stts', 'elst']) : TABLES;
  return box(
    'moov',
    ...(mvhd ? [box('mvhd', mvhd)] : []),
    box('trak', withoutTables(track.trak, left)),
    box('mvex', box('trex', words(0, track.id ?? 1, 1, 0, 0, 0))),
    ...(ilst ? [box('udta', box('meta', words(0), box('ilst', ilst)))] : []),
  );
}

function withoutTables(body: Uint8Array, left: ReadonlySet<string>): Buffer {
  const kept = [...boxesIn(body)].filter(({ type }) => !left.has(type));
  return Buffer.concat(
    kept.map(({ type, body: inner }) => box(type, CONTAINERS.has(type) ? withoutTables(inner, left) : inner)),
  );
}

function fragmentOf(trackId: number, samples: readonly Uint8Array[]): Buffer {
  const sizes = samples.map(({ length }) => length);
  const header = box('tfhd', words(DEFAULT_BASE_IS_MOOF, trackId));
  const moof = (offset: number): Buffer => {
    const run = box('trun', words(HAS_OFFSET_AND_SIZES, sizes.length, offset, ...sizes));
    return box('moof', box('mfhd', words(0, 1)), box('traf', header, run));
  };
  return Buffer.concat([moof(moof(0).length + 8), box('mdat', ...samples)]);
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
}
