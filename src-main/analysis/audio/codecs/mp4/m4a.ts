import { AppError } from '../../../../rpc';
import type { ChannelLayout } from '../../channels';
import { AAC_RATES } from '../../source';
import { blockOf, type CodecInput, type DecodedBlock } from '../codec';
import { alacLayout, layoutOfConfig } from './aac-layout';
import { readMovieBox } from './mp4-boxes';
import { type Media, readMedia } from './mp4-media';
import { mediaSeconds } from './mp4-timing';
import { type AudioTrack, audioTrackOf } from './mp4-track';
import { decodeOtherMp4 } from './other-mp4';

/** FAAD2 keeps the first frame to itself, of twice as many samples when it doubles the rate (SBR). */
const FRAME = 1024;
/** By so many samples its filters for that are late, which the package makes up for. */
const SBR_DELAY = 962;

/**
 * AAC and ALAC in MP4, by FAAD2 and a decoder in JavaScript. The samples are read where the index and the fragments say
 * they are, so that an index at the end of the file costs nothing; priming and padding are left out as edit list or
 * iTunes tag say.
 */
export async function* decodeM4a(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const moov = await readMovieBox(input.source, input.start);
  const track = audioTrackOf(moov.body);
  const media = readMedia(input, moov, track);
  const { asc, alac } = track;
  if (asc) refuseOtherKinds(asc);
  if (asc || alac) yield* decodeKnown(input, track, media);
  else yield* decodeOtherMp4(input, track, media);
}

/** Audio object types that FAAD2 decodes: AAC in its profiles, with and without SBR and PS (ISO/IEC 14496-3, table 1.17). */
const DECODED = new Set([1, 2, 3, 4, 5, 17, 19, 23, 29]);
const ESCAPE = 31;

function refuseOtherKinds(asc: Uint8Array): void {
  const short = asc[0] >> 3;
  const type = short === ESCAPE ? 32 + (((asc[0] & 7) << 3) | (asc[1] >> 5)) : short;
  if (DECODED.has(type)) return;
  const message = `This MP4 file holds a kind of sound that cannot be decoded (MPEG-4 audio object type ${type}).`;
  throw new AppError('unsupported_file', message);
}

async function* decodeKnown({ damage }: CodecInput, track: AudioTrack, media: Media): AsyncGenerator<DecodedBlock> {
  const { decoder, gapless } = await import('@audio/decode-aac');
  const { asc, alac } = track;
  const edits = gapless({ ...track.timing, asc, alac }) ?? undefined;
  // The movie box of a fragmented file knows the length of its first fragment at most.
  const window = edits && media.isFragmented ? { start: edits.start } : edits;
  const aac = await decoder({ asc, alac, gapless: window });
  let emitted = 0;
  try {
    for await (const frames of media.samples()) {
      // One damaged frame of ALAC throws and would take its neighbours with it.
      for (const some of alac ? frames.map((frame) => [frame]) : [frames]) {
        const block = tryDecode(() => aac.decode(some), damage);
        if (!block) continue;
        const channels = block.channels.length;
        const layout = asc ? layoutOfConfig(asc, channels) : alacLayout(channels);
        const played = layout?.length === channels ? { ...block, layout } : block;
        if (emitted === 0 && asc) {
          const missing = withheld(asc, block.sampleRate, window?.start);
          if (missing > 0) yield silence(played, missing);
          emitted += missing;
        }
        const most = window?.duration === undefined ? Number.POSITIVE_INFINITY : window.duration * block.sampleRate;
        const rest = upTo(played, Math.round(most) - emitted);
        emitted += rest.channels[0].length;
        if (rest.channels[0].length > 0) yield rest;
      }
    }
    damage.expectedS = window?.duration ?? Math.max(0, mediaSeconds(track, media) - (window?.start ?? 0));
  } finally {
    aac.free();
  }
}

/** How many samples behind `start`, in seconds, the decoder does not give. */
function withheld(asc: Uint8Array, sampleRate: number, start?: number): number {
  const core = AAC_RATES[((asc[0] & 7) << 1) | (asc[1] >> 7)] ?? sampleRate;
  const isDoubled = sampleRate > 1.5 * core;
  if (start === undefined) return isDoubled ? 2 * FRAME : FRAME;
  return Math.max(0, (isDoubled ? 2 * FRAME - SBR_DELAY : FRAME) - Math.round(start * sampleRate));
}

const upTo = (block: DecodedBlock, most: number): DecodedBlock =>
  block.channels[0].length <= most
    ? block
    : { ...block, channels: block.channels.map((channel) => channel.subarray(0, Math.max(0, most))) };

function tryDecode(
  decode: () => Parameters<typeof blockOf>[0],
  damage: CodecInput['damage'],
): DecodedBlock | undefined {
  try {
    return blockOf(decode());
  } catch {
    damage.isTruncated = true;
    return undefined;
  }
}

/** Silence in the form of a block, which takes the place of what a decoder withholds. */
export const silence = (
  { channels, sampleRate, layout }: DecodedBlock & { layout?: ChannelLayout },
  length: number,
): DecodedBlock => ({ sampleRate, layout, channels: channels.map(() => new Float32Array(length)) });
