import { AppError } from '../../../../rpc';
import type { ChannelLayout } from '../../channels';
import type { CodecInput, DecodedBlock } from '../codec';
import { channelReader, deinterleave, type PcmFormat, type ReadChannel } from './pcm';

/** PCM somewhere in a file. */
export interface PcmLayout {
  readonly format: PcmFormat;
  readonly channels: number;
  readonly sampleRate: number;
  /** Bytes of one sample of every channel. */
  readonly frameBytes: number;
  readonly dataStart: number;
  /** May claim more than the file has; 0 where it goes on to the end. */
  readonly dataBytes: number;
  readonly speakers?: ChannelLayout;
}

const MAX_CHANNELS = 64;

/** Samples as they lie in the file. Says `isTruncated` when the file has fewer than it announces. */
export async function* decodePcm(input: CodecInput, layout: PcmLayout): AsyncGenerator<DecodedBlock> {
  const { channels, sampleRate, frameBytes, dataStart, dataBytes, speakers } = layout;
  const read = readerFor(layout);
  const end = Math.min(input.source.size, dataStart + dataBytes);
  // A recorder that was cut off leaves 0 or all ones for the length: then the data go on to the end.
  const isOpen = dataBytes === 0 || dataBytes >= 0xffffff00;
  if (!isOpen) {
    input.damage.expectedS = Math.floor(dataBytes / frameBytes) / sampleRate;
    if (dataStart + dataBytes - (dataBytes % frameBytes) > input.source.size) input.damage.isTruncated = true;
  }
  let rest = new Uint8Array(0);
  for await (const chunk of input.source.chunks(dataStart, isOpen ? undefined : end)) {
    const bytes = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % frameBytes);
    rest = bytes.slice(whole);
    if (!whole) continue;
    const samples = deinterleave(bytes.subarray(0, whole), channels, frameBytes, read);
    yield { channels: samples, sampleRate, layout: speakers };
  }
}

function readerFor({ format, channels, sampleRate, frameBytes }: PcmLayout): ReadChannel {
  const read = channelReader(format);
  const isSound = channels > 0 && channels <= MAX_CHANNELS && frameBytes === (channels * format.bits) / 8;
  if (read && isSound && sampleRate >= 1000 && sampleRate <= 1_000_000) return read;
  throw new AppError(
    'unsupported_file',
    'This file says of its samples what cannot be; it is damaged or very unusual.',
  );
}
