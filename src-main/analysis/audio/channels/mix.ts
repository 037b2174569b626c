import type { ChannelLayout, Speaker } from './layout';

const HALF_POWER = Math.SQRT1_2;
/** Where the sound of a speaker goes that is not there, after ITU-R BS.775: as loud as before, in front. */
const FOLDED: Partial<Record<Speaker, readonly Speaker[]>> = {
  FC: ['FL', 'FR'],
  BC: ['FL', 'FR'],
  TC: ['FL', 'FR'],
  BL: ['SL', 'FL'],
  BR: ['SR', 'FR'],
  SL: ['BL', 'FL'],
  SR: ['BR', 'FR'],
  FLC: ['FL'],
  FRC: ['FR'],
  FL: ['FC'],
  FR: ['FC'],
  LFE: [],
};

/**
 * A function that gives a signal of one layout for the speakers of another. One channel becomes two of half its power,
 * two become one of their sum times √½; the effects channel is left out where there is no speaker for it.
 */
export function mixFor(from: ChannelLayout, to: ChannelLayout): (channels: readonly Float32Array[]) => Float32Array[] {
  const parts = from.map((speaker) => gainsOf(speaker, to));
  return (channels) => {
    const mixed = to.map(() => new Float32Array(channels[0].length));
    for (const [i, gains] of parts.entries()) {
      for (const [at, gain] of gains) for (let k = 0; k < mixed[at].length; k++) mixed[at][k] += gain * channels[i][k];
    }
    return mixed;
  };
}

function gainsOf(speaker: Speaker, to: ChannelLayout): [number, number][] {
  const same = to.indexOf(speaker);
  if (same >= 0) return [[same, 1]];
  const wanted = FOLDED[speaker] ?? [];
  const isPair = wanted[0] === 'FL' && wanted[1] === 'FR';
  const found = wanted.map((each) => to.indexOf(each)).filter((at) => at >= 0);
  if (isPair) {
    if (found.length > 0) return found.map((at) => [at, HALF_POWER]);
    return to.includes('FC') ? [[to.indexOf('FC'), HALF_POWER]] : [];
  }
  if (found.length > 0) return [[found[0], speaker === 'FL' || speaker === 'FR' ? HALF_POWER : 1]];
  if (speaker === 'LFE') return [];
  return to.includes('FC') ? [[to.indexOf('FC'), HALF_POWER]] : to.map((_, at) => [at, HALF_POWER]);
}
