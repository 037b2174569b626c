/**
 * One channel of several: as it is, half the sum of two, or the mean of more; then times `gain`. One channel at a gain
 * of 1 comes back uncopied; else the result is a new array that belongs to the caller.
 */
export function downMix(channels: readonly Float32Array[], gain = 1): Float32Array {
  if (channels.length === 1 && gain === 1) return channels[0];
  const mono = new Float32Array(channels[0]?.length ?? 0);
  const share = gain / channels.length;
  if (channels.length === 2) {
    const [left, right] = channels;
    for (let i = 0; i < mono.length; i++) mono[i] = share * (left[i] + right[i]);
    return mono;
  }
  for (const channel of channels) for (let i = 0; i < mono.length; i++) mono[i] += channel[i];
  for (let i = 0; i < mono.length; i++) mono[i] *= share;
  return mono;
}
