import { type FlacFormat, readFlacFrame } from './flac-frame';
import { readSubframes } from './flac-subframe';

/**
 * The samples of one whole frame of any depth, −1…1; undefined where there is no frame. Throws when its content cannot
 * be. Written after RFC 9639.
 */
export function decodeFlacFrame(bytes: Uint8Array, stream: FlacFormat): Float32Array[] | undefined {
  const frame = readFlacFrame(bytes, 0, stream);
  if (!frame) return undefined;
  const { assignment, bits, blockSize, channels, headerBytes } = frame;
  const difference = assignment === 9 ? 0 : assignment >= 8 ? 1 : -1;
  const depths = Array.from({ length: channels }, (_, i) => bits + (i === difference ? 1 : 0));
  const subframes = readSubframes(bytes, headerBytes, blockSize, depths);
  const [first, second] = subframes;
  for (let i = 0; assignment >= 8 && i < blockSize; i++) {
    if (assignment === 8) second[i] = first[i] - second[i];
    else if (assignment === 9) first[i] += second[i];
    else {
      // The lowest bit of the sum is that of the difference.
      const double = 2 * first[i] + Math.abs(second[i] % 2);
      first[i] = (double + second[i]) / 2;
      second[i] = first[i] - second[i];
    }
  }
  const scale = 2 ** (1 - bits);
  return subframes.map((samples) => Float32Array.from(samples, (sample) => sample * scale));
}
