/** How one sample is written. */
export interface PcmFormat {
  readonly kind: 'unsigned' | 'signed' | 'float' | 'alaw' | 'mulaw';
  readonly bits: number;
  readonly isBigEndian: boolean;
}

type ReadSample = (view: DataView, at: number) => number;

/** Fills `out` with the samples of one channel: the first at `at`, another every `step` bytes. */
export type ReadChannel = (bytes: Uint8Array, out: Float32Array, place: { at: number; step: number }) => void;

/** Reads samples as −1…1, full scale being 2^(bits − 1); undefined for a format that does not exist. */
export function channelReader(format: PcmFormat): ReadChannel | undefined {
  // What nearly all files are is read without a call for each sample.
  if (format.kind === 'signed' && format.bits === 16) return shorts(format.isBigEndian ? 0 : 1);
  if (format.kind === 'signed' && format.bits === 24) return triples(format.isBigEndian ? 0 : 2);
  const read = sampleReader(format);
  if (!read) return undefined;
  return (bytes, out, { at, step }) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < out.length; i++) out[i] = read(view, at + i * step);
  };
}

/** @param high which byte is the highest */
const shorts =
  (high: number): ReadChannel =>
  (bytes, out, { at, step }) => {
    for (let i = 0, first = at; i < out.length; i++, first += step) {
      out[i] = (((bytes[first + high] << 24) >> 16) | bytes[first + 1 - high]) / 2 ** 15;
    }
  };

const triples =
  (high: number): ReadChannel =>
  (bytes, out, { at, step }) => {
    for (let i = 0, first = at; i < out.length; i++, first += step) {
      const upper = ((bytes[first + high] << 24) >> 8) | (bytes[first + 1] << 8);
      out[i] = (upper | bytes[first + 2 - high]) / 2 ** 23;
    }
  };

function sampleReader({ kind, bits, isBigEndian }: PcmFormat): ReadSample | undefined {
  const little = !isBigEndian;
  switch (`${kind}${bits}`) {
    case 'unsigned8':
      return (view, at) => (view.getUint8(at) - 128) / 128;
    case 'signed8':
      return (view, at) => view.getInt8(at) / 128;
    case 'signed32':
      return (view, at) => view.getInt32(at, little) / 2 ** 31;
    case 'float32':
      return (view, at) => finite(view.getFloat32(at, little));
    case 'float64':
      return (view, at) => finite(view.getFloat64(at, little));
    case 'alaw8':
      return (view, at) => ALAW[view.getUint8(at)];
    case 'mulaw8':
      return (view, at) => MULAW[view.getUint8(at)];
    default:
      return undefined;
  }
}

/** A damaged float may be anything; one that is no number would spoil every sum it enters. */
const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

/** ITU-T G.711, expanded to 16 bits and scaled. */
const ALAW = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 15) << 4) + 8;
  const value = segment ? (step + 256) << (segment - 1) : step;
  return (bits & 0x80 ? value : -value) / 2 ** 15;
});
const MULAW = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const value = ((((bits & 15) << 3) + 132) << ((bits >> 4) & 7)) - 132;
  return (bits & 0x80 ? -value : value) / 2 ** 15;
});

/** Interleaved samples, whole frames of them, as one array a channel. */
export function deinterleave(
  bytes: Uint8Array,
  channels: number,
  frameBytes: number,
  read: ReadChannel,
): Float32Array[] {
  const frames = Math.floor(bytes.length / frameBytes);
  return Array.from({ length: channels }, (_, channel) => {
    const out = new Float32Array(frames);
    read(bytes, out, { at: (channel * frameBytes) / channels, step: frameBytes });
    return out;
  });
}
