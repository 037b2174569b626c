import type { Source } from '../../safe-files';
import type { AudioRange, StreamFacts } from './stream-facts';

const RATES = [44_100, 48_000, 37_800, 32_000];
const FRAME = 1152;
const DECODER_DELAY = 481;

/** By the header of Musepack 7 or 8. */
export async function musepackStream(source: Source, range: AudioRange): Promise<StreamFacts | undefined> {
  const head = await source.read(range.offset, 32);
  const isSeven = head.toString('latin1', 0, 3) === 'MP+' && (head[3] & 15) === 7;
  if (isSeven && head.length >= 24) return seven(head);
  return head.toString('latin1', 0, 4) === 'MPCK' ? eight(source, range) : undefined;
}

function seven(head: Buffer): StreamFacts {
  const frames = head.readUInt32LE(4);
  const sampleRate = RATES[head[10] & 3];
  const last = head.readUInt32LE(20);
  const isExact = (last & 0x80000000) !== 0;
  const inLast = (last >>> 20) & 0x7ff;
  const samples = isExact ? (frames - 1) * FRAME + inLast : frames * FRAME - DECODER_DELAY;
  return { sampleRate, channels: 2, seconds: samples / sampleRate };
}

/** The packet SH: checksum, version, numbers of samples and of silent ones, then rate and channels in bits. */
async function eight(source: Source, { offset }: AudioRange): Promise<StreamFacts | undefined> {
  for (let at = offset + 4, packets = 0; packets < 32; packets++) {
    const head = await source.read(at, 12);
    const size = head.length >= 3 ? number(head, 2) : undefined;
    if (!size || size.value < size.next) return undefined;
    if (head.toString('latin1', 0, 2) === 'SH') {
      const body = await source.read(at + size.next, 5 + 20 + 2);
      const samples = number(body, 5);
      const silence = samples && number(body, samples.next);
      if (!silence || silence.next + 1 >= body.length) return undefined;
      const sampleRate = RATES[body[silence.next] >> 5];
      const channels = (body[silence.next + 1] >> 4) + 1;
      return { sampleRate, channels, seconds: sampleRate ? (samples.value - silence.value) / sampleRate : undefined };
    }
    at += size.value;
  }
  return undefined;
}

/** A number of seven bits a byte, the highest first. */
function number(bytes: Buffer, at: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let next = at; next < Math.min(bytes.length, at + 9); next++) {
    value = value * 128 + (bytes[next] & 0x7f);
    if (!(bytes[next] & 0x80)) return { value, next: next + 1 };
  }
  return undefined;
}
