/**
 * One channel of several: as it is, half the sum of two, or the mean of more. One channel comes back uncopied; several
 * are mixed into a new array that belongs to the caller.
 */
export function downMix(channels: readonly Float32Array[]): Float32Array {
  if (channels.length === 1) return channels[0];
  const mono = new Float32Array(channels[0]?.length ?? 0);
  if (channels.length === 2) {
    const [left, right] = channels;
    for (let i = 0; i < mono.length; i++) mono[i] = 0.5 * (left[i] + right[i]);
    return mono;
  }
  for (const channel of channels) for (let i = 0; i < mono.length; i++) mono[i] += channel[i];
  for (let i = 0; i < mono.length; i++) mono[i] /= channels.length;
  return mono;
}
