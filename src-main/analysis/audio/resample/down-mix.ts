/**
 * One channel of several: as it is, half the sum of two, or the mean of more; then times `gain`. It takes the place of
 * the first channel, whose samples are gone afterwards.
 */
export function downMix(channels: readonly Float32Array[], gain = 1): Float32Array {
  const [mono, ...others] = channels;
  const share = gain / channels.length;
  if (others.length === 1) {
    const [right] = others;
    for (let i = 0; i < mono.length; i++) mono[i] = share * (mono[i] + right[i]);
    return mono;
  }
  for (const other of others) for (let i = 0; i < mono.length; i++) mono[i] += other[i];
  if (share !== 1) for (let i = 0; i < mono.length; i++) mono[i] *= share;
  return mono;
}
