import type { ChannelLayout } from '../../channels';
import { blockOf, type CodecInput, type DecodedBlock } from '../codec';
import { alacLayout, layoutOfConfig } from './aac-layout';
import { readMovieBox } from './mp4-boxes';
import { type Media, readMedia } from './mp4-media';
import { mediaSeconds } from './mp4-timing';
import { type AudioTrack, audioTrackOf } from './mp4-track';
import { decodeOtherMp4 } from './other-mp4';

/** FAAD2 keeps the first frame to itself. */
const FRAME = 1024;

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
  if (asc || alac) yield* decodeKnown(input, track, media);
  else yield* decodeOtherMp4(input, track, media);
}

async function* decodeKnown({ damage }: CodecInput, track: AudioTrack, media: Media): AsyncGenerator<DecodedBlock> {
  const { decoder, gapless } = await import('@audio/decode-aac');
  const { asc, alac } = track;
  const edits = gapless({ ...track.timing, asc, alac }) ?? undefined;
  // The movie box of a fragmented file knows the length of its first fragment at most.
  const window = edits && media.isFragmented ? { start: edits.start } : edits;
  const aac = await decoder({ asc, alac, gapless: window });
  let isFirst = !!asc && !window;
  try {
    for await (const frames of media.samples()) {
      // One damaged frame of ALAC throws and would take its neighbours with it.
      for (const some of alac ? frames.map((frame) => [frame]) : [frames]) {
        const block = tryDecode(() => aac.decode(some), damage);
        if (!block) continue;
        const channels = block.channels.length;
        const layout = asc ? layoutOfConfig(asc, channels) : alacLayout(channels);
        if (isFirst) yield silence(block, FRAME);
        isFirst = false;
        yield layout?.length === channels ? { ...block, layout } : block;
      }
    }
    damage.expectedS = window?.duration ?? Math.max(0, mediaSeconds(track, media) - (window?.start ?? 0));
  } finally {
    aac.free();
  }
}

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
