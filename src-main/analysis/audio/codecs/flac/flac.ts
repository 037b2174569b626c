import { AppError } from '../../../../rpc';
import { type ChannelLayout, layoutOfMask } from '../../channels';
import type { ByteSource } from '../../source';
import type { CodecInput, DecodedBlock } from '../codec';
import { decodeFlacRuns } from './decode-runs';
import { cutFlacFrames } from './flac-frames';
import { readStreamInfo, STREAMINFO_BYTES, type StreamInfo } from './stream-info';

const MAX_METADATA_BLOCKS = 1000;
/** Tags of many channels may name them; more than this are no tags. */
const MAX_TAG_BYTES = 4 * 1024 * 1024;
const VORBIS_COMMENT = 4;

/**
 * FLAC by libFLAC, depths that it does not give by TypeScript. Whole frames whose checksums are right are decoded;
 * damaged ones are left out here, since the decoder would not find its way back.
 */
export async function* decodeFlac(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const { source, damage } = input;
  const { info, firstFrame, layout } = await readMetadata(input);
  if (info.samples > 0) damage.expectedS = info.samples / info.sampleRate;
  yield* decodeFlacRuns(cutFlacFrames(source.chunks(firstFrame), info, damage), damage, layout);
}

/** Steps over pictures and tags without reading them, but for the mask of more than two channels. */
async function readMetadata({ source, start }: CodecInput) {
  let info: StreamInfo | undefined;
  let layout: ChannelLayout | undefined;
  let at = start + 4;
  for (let blocks = 0; blocks < MAX_METADATA_BLOCKS; blocks++) {
    const header = await source.read(at, 4);
    if (header.length < 4) break;
    const length = (header[1] << 16) | (header[2] << 8) | header[3];
    const type = header[0] & 0x7f;
    if (!info) {
      if (type !== 0 || length < STREAMINFO_BYTES) break;
      info = readStreamInfo(await source.read(at + 4, STREAMINFO_BYTES));
      if (!info) break;
    } else if (type === VORBIS_COMMENT && info.channels > 2) {
      layout = await readMask(source, at + 4, { length, channels: info.channels });
    }
    at += 4 + length;
    if (header[0] & 0x80) return { info, firstFrame: at, layout };
  }
  throw new AppError('unreadable_audio', 'The beginning of this FLAC file is damaged.');
}

async function readMask(source: ByteSource, at: number, { length, channels }: { length: number; channels: number }) {
  return length > MAX_TAG_BYTES ? undefined : layoutOfComments(await source.read(at, length), channels);
}

/** The layout that the comments of a FLAC stream name, as its encoder writes them for WAV files with a mask. */
export function layoutOfComments(comments: Uint8Array, channels: number): ChannelLayout | undefined {
  const text = Buffer.from(comments.buffer, comments.byteOffset, comments.length).toString('latin1');
  const mask = /WAVEFORMATEXTENSIBLE_CHANNEL_MASK=0x([0-9a-f]{1,8})/i.exec(text);
  return mask ? layoutOfMask(Number.parseInt(mask[1], 16), channels) : undefined;
}
