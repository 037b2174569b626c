import { AAC_RATES } from '../../../analysis/audio';
import type { StreamFacts } from './stream-facts';

const CHANNELS = [undefined, 1, 2, 3, 4, 5, 6, 8];
const SPECTRAL_BAND_REPLICATION = [5, 29];
const AAC = 0x40;

/** What the content of an `esds` box says, where it describes AAC. ISO/IEC 14496-1, 7.2.6, and 14496-3, 1.6.2. */
export function audioConfig(esds: Buffer): StreamFacts {
  const stream = descriptor(esds, 4, 3);
  // The id of the stream, flags, and what each of them announces.
  const flags = stream ? stream[2] : 0;
  const more = 3 + (flags & 0x80 ? 2 : 0) + (flags & 0x40 ? 1 + (stream?.[3] ?? 0) : 0) + (flags & 0x20 ? 2 : 0);
  const config = stream && descriptor(stream, more, 4);
  if (!config || config.length < 13) return {};
  const bitrate = config.readUInt32BE(9) || undefined;
  const specific = config[0] === AAC ? descriptor(config, 13, 5) : undefined;
  return { ...(bitrate ? { bitrate } : {}), ...(specific ? specificConfig(specific) : {}) };
}

/** What a descriptor of that kind holds, whose head stands at `at`. */
function descriptor(bytes: Buffer, at: number, kind: number): Buffer | undefined {
  if (bytes[at] !== kind) return undefined;
  let size = 0;
  let next = at + 1;
  for (let more = true; more && next < bytes.length && next < at + 5; next++) {
    size = size * 128 + (bytes[next] & 0x7f);
    more = (bytes[next] & 0x80) !== 0;
  }
  return bytes.subarray(next, next + size);
}

function specificConfig(bytes: Buffer): StreamFacts {
  let at = 0;
  const take = (bits: number) => {
    let value = 0;
    for (; bits > 0; bits--, at++) value = value * 2 + (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    return value;
  };
  const takeType = () => {
    const type = take(5);
    return type === 31 ? 32 + take(6) : type;
  };
  const takeRate = () => {
    const index = take(4);
    return index === 15 ? take(24) : AAC_RATES[index];
  };
  const type = takeType();
  const base = takeRate();
  const channels = CHANNELS[take(4)];
  const sampleRate = SPECTRAL_BAND_REPLICATION.includes(type) ? takeRate() : base;
  const isParametric = type === 29;
  return { ...(sampleRate ? { sampleRate } : {}), ...(channels ? { channels: isParametric ? 2 : channels } : {}) };
}
