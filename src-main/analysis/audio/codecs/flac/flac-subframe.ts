/** Bits of a frame, the highest of a byte first. Reading beyond the end gives zeros and is told by `isPastEnd`. */
class BitReader {
  constructor(
    private readonly bytes: Uint8Array,
    private position: number,
  ) {}

  get isPastEnd(): boolean {
    return this.position > 8 * this.bytes.length;
  }

  /** @param count 0 … 24 */
  private few(count: number): number {
    if (count === 0) return 0;
    const { bytes, position } = this;
    const at = position >> 3;
    const window = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    this.position += count;
    return (window << (position & 7)) >>> (32 - count);
  }

  /** @param count 0 … 40 */
  unsigned(count: number): number {
    if (count <= 24) return this.few(count);
    return this.few(count - 20) * 2 ** 20 + this.few(20);
  }

  signed(count: number): number {
    if (count === 0) return 0;
    const value = this.unsigned(count);
    return value >= 2 ** (count - 1) ? value - 2 ** count : value;
  }

  /** How many zeros come before the next one. */
  unary(): number {
    let zeros = 0;
    for (;;) {
      const byte = (this.bytes[this.position >> 3] << (this.position & 7)) & 0xff;
      const left = 8 - (this.position & 7);
      const leading = Math.clz32(byte << 24);
      if (byte !== 0) {
        this.position += leading + 1;
        return zeros + leading;
      }
      zeros += left;
      this.position += left;
      if (this.isPastEnd) throw new Error('a frame of FLAC ends before its samples do');
    }
  }
}

/**
 * The subframes of one FLAC frame (RFC 9639 §9.2) one after the other, as whole numbers. Sums are of double precision,
 * which holds the 33 bits of a difference of two channels of 32 times the coefficients exactly.
 *
 * @param bits of each subframe
 */
export function readSubframes(frame: Uint8Array, at: number, blockSize: number, bits: readonly number[]) {
  const reader = new BitReader(frame, 8 * at);
  const subframes = bits.map((each) => readSubframe(reader, blockSize, each));
  if (reader.isPastEnd) throw new Error('a frame of FLAC ends before its samples do');
  return subframes;
}

function readSubframe(reader: BitReader, blockSize: number, frameBits: number): Float64Array {
  const header = reader.unsigned(8);
  const type = (header >> 1) & 63;
  const wasted = header & 1 ? reader.unary() + 1 : 0;
  const bits = frameBits - wasted;
  if (header & 0x80 || bits < 1) throw new Error('a subframe of FLAC is not understood');
  const samples = new Float64Array(blockSize);
  if (type === 0) samples.fill(reader.signed(bits));
  else if (type === 1) for (let i = 0; i < blockSize; i++) samples[i] = reader.signed(bits);
  else if (type >= 8 && type <= 12) readFixed(reader, samples, bits, type - 8);
  else if (type >= 32) readLinear(reader, samples, bits, type - 31);
  else throw new Error('a subframe of FLAC is of a reserved kind');
  if (wasted) for (let i = 0; i < blockSize; i++) samples[i] *= 2 ** wasted;
  return samples;
}

const FIXED: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

function readFixed(reader: BitReader, samples: Float64Array, bits: number, order: number): void {
  for (let i = 0; i < order; i++) samples[i] = reader.signed(bits);
  readResiduals(reader, samples, order);
  predict(samples, FIXED[order], 0);
}

function readLinear(reader: BitReader, samples: Float64Array, bits: number, order: number): void {
  for (let i = 0; i < order; i++) samples[i] = reader.signed(bits);
  const precision = reader.unsigned(4) + 1;
  const shift = reader.signed(5);
  if (precision === 16 || shift < 0) throw new Error('a predictor of FLAC is not understood');
  const coefficients = Array.from({ length: order }, () => reader.signed(precision));
  readResiduals(reader, samples, order);
  predict(samples, coefficients, shift);
}

/** Adds to each residual what the samples before it foretell. */
function predict(samples: Float64Array, coefficients: readonly number[], shift: number): void {
  const order = coefficients.length;
  const divisor = 2 ** shift;
  for (let i = order; i < samples.length; i++) {
    let sum = 0;
    for (let k = 0; k < order; k++) sum += coefficients[k] * samples[i - 1 - k];
    samples[i] += Math.floor(sum / divisor);
  }
}

/** Rice codes in partitions (RFC 9639 §9.2.7). */
function readResiduals(reader: BitReader, samples: Float64Array, order: number): void {
  const method = reader.unsigned(2);
  if (method > 1) throw new Error('the residuals of FLAC are of a reserved kind');
  const parameterBits = 4 + method;
  const partitionOrder = reader.unsigned(4);
  const partitions = 1 << partitionOrder;
  const length = samples.length >> partitionOrder;
  for (let partition = 0, at = order; partition < partitions; partition++) {
    const end = partition === partitions - 1 ? samples.length : (partition + 1) * length;
    const parameter = reader.unsigned(parameterBits);
    if (parameter === (1 << parameterBits) - 1) {
      const bits = reader.unsigned(5);
      for (; at < end; at++) samples[at] = reader.signed(bits);
    } else {
      const scale = 2 ** parameter;
      for (; at < end; at++) {
        const folded = reader.unary() * scale + reader.unsigned(parameter);
        samples[at] = folded % 2 ? -(folded + 1) / 2 : folded / 2;
      }
    }
  }
}
