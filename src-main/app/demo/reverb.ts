const COMB_MS = [29.7, 37.1, 41.1, 43.7];
const DECAY = 0.78;

/**
 * A room around the music, in place: four feedback delays, a little longer on the right.
 *
 * @param amount loudness of the room, 0…1
 * @see M. Schroeder, "Natural sounding artificial reverberation", 1962
 */
export function addReverb(channels: readonly Float32Array[], sampleRate: number, amount: number): void {
  channels.forEach((channel, side) => {
    const wet = new Float32Array(channel.length);
    for (const ms of COMB_MS) {
      const line = new Float32Array(Math.round(((ms + side) * sampleRate) / 1000));
      let at = 0;
      let low = 0;
      for (let i = 0; i < channel.length; i++) {
        low += 0.6 * (line[at] - low); // walls swallow the highs
        line[at] = channel[i] + DECAY * low;
        wet[i] += low;
        at = at + 1 === line.length ? 0 : at + 1;
      }
    }
    for (let i = 0; i < channel.length; i++) channel[i] += (amount / 2) * wet[i];
  });
}
