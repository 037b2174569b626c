import type { ChannelLayout } from '../../channels';
import type { Damage, DecodedBlock } from '../codec';
import {
  decodeFlacRuns,
  type FlacRun,
  isWholeFlacFrame,
  layoutOfComments,
  readFlacFrame,
  readStreamInfo,
  type StreamInfo,
} from '../flac';
import type { OggLink } from './ogg-link';
import { createPacketReader } from './ogg-packets';
import type { OggPage } from './ogg-pages';

/** Signature, version, number of headers and `fLaC`, then the first metadata block (FLAC to Ogg mapping 1.0). */
const STREAMINFO_AT = 13 + 4;
const VORBIS_COMMENT = 4;

/** FLAC in Ogg: every packet is a frame. */
export async function* decodeOggFlac({ pages, damage }: OggLink): AsyncGenerator<DecodedBlock> {
  const stream: { info?: StreamInfo; layout?: ChannelLayout } = {};
  for await (const block of decodeFlacRuns(runsOf(pages, stream, damage), damage)) {
    const { layout } = stream;
    yield layout?.length === block.channels.length ? { ...block, layout } : block;
  }
}

async function* runsOf(
  pages: AsyncIterable<OggPage>,
  stream: { info?: StreamInfo; layout?: ChannelLayout },
  damage: Damage,
): AsyncGenerator<FlacRun> {
  const reader = createPacketReader();
  for await (const page of pages) {
    for (const packet of reader.read(page)) {
      if (!stream.info) stream.info = readStreamInfo(packet.subarray(STREAMINFO_AT));
      else if (packet[0] !== 0xff) {
        if ((packet[0] & 0x7f) === VORBIS_COMMENT) stream.layout = layoutOfComments(packet, stream.info.channels);
      } else {
        const format = isWholeFlacFrame(packet) ? readFlacFrame(packet, 0, stream.info) : undefined;
        if (format) yield { format, bytes: packet, ends: [packet.length], samples: format.blockSize };
        else damage.isTruncated = true;
      }
      if (!stream.info) return;
    }
  }
}
