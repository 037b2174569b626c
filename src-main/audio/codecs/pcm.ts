/** How one sample is written. */
export interface PcmFormat {
  readonly kind: 'unsigned' | 'signed' | 'float' | 'alaw' | 'mulaw';
  readonly bits: number;
  readonly isBigEndian: boolean;
}

export type ReadSample = (view: DataView, at: number) => number;

/** Reads one sample as −1…1, full scale being 2^(bits − 1); undefined for a format that does not exist. */
export function sampleReader({ kind, bits, isBigEndian }: PcmFormat): ReadSample | undefined {
  const little = !isBigEndian;
  switch (`${kind}${bits}`) {
    case 'unsigned8':
      return (view, at) => (view.getUint8(at) - 128) / 128;
    case 'signed8':
      return (view, at) => view.getInt8(at) / 128;
    case 'signed16':
      return (view, at) => view.getInt16(at, little) / 2 ** 15;
    case 'signed24':
      return isBigEndian
        ? (view, at) => (view.getInt16(at) * 256 + view.getUint8(at + 2)) / 2 ** 23
        : (view, at) => (view.getInt16(at + 1, true) * 256 + view.getUint8(at)) / 2 ** 23;
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
  read: ReadSample,
): Float32Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames = Math.floor(bytes.length / frameBytes);
  const sampleBytes = frameBytes / channels;
  return Array.from({ length: channels }, (_, channel) => {
    const out = new Float32Array(frames);
    for (let i = 0, at = channel * sampleBytes; i < frames; i++, at += frameBytes) out[i] = read(view, at);
    return out;
  });
}
