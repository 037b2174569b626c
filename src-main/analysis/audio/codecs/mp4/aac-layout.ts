import type { ChannelLayout } from '../../channels';

/**
 * Where the channels that the package gives are played, by the channel configuration (ISO/IEC 14496-3, table 1.19), where
 * that is not the usual for their number. It sorts those of 3 to 6 as WAV does and leaves the eight of 7 as they are
 * coded; encoders mean 7.1 by that one, not the wide front of the table.
 */
const AAC: Record<number, ChannelLayout> = {
  4: ['FL', 'FR', 'FC', 'BC'],
  7: ['FC', 'FL', 'FR', 'SL', 'SR', 'BL', 'BR', 'LFE'],
};

export function aacLayout(configuration: number, channels: number): ChannelLayout | undefined {
  const layout = AAC[configuration];
  return layout?.length === channels ? layout : undefined;
}

/** By the AudioSpecificConfig: its configuration, or the elements that a program config names. */
export function layoutOfConfig(asc: Uint8Array, channels: number): ChannelLayout | undefined {
  const configuration = (asc[1] >> 3) & 15;
  return configuration === 0 ? layoutOfProgram(asc) : aacLayout(configuration, channels);
}

/** Order of ALAC's channels by their number (Apple, ALACMagicCookieDescription). */
const ALAC: Record<number, ChannelLayout> = {
  3: ['FC', 'FL', 'FR'],
  4: ['FC', 'FL', 'FR', 'BC'],
  5: ['FC', 'FL', 'FR', 'SL', 'SR'],
  6: ['FC', 'FL', 'FR', 'SL', 'SR', 'LFE'],
  7: ['FC', 'FL', 'FR', 'SL', 'SR', 'BC', 'LFE'],
  8: ['FC', 'FLC', 'FRC', 'FL', 'FR', 'SL', 'SR', 'LFE'],
};

export const alacLayout = (channels: number): ChannelLayout | undefined => ALAC[channels];

/** Bits before the counts of a program config in an AudioSpecificConfig of a plain object type and rate. */
const PROGRAM_AT = 16;

/**
 * The elements of a program config (ISO/IEC 14496-3, table 4.2) in their order: each a channel or a pair. The first pair
 * of two in front is the inner one.
 */
function layoutOfProgram(asc: Uint8Array): ChannelLayout | undefined {
  let at = PROGRAM_AT + 10;
  const bits = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++, at++) value = (value << 1) | ((asc[at >> 3] >> (7 - (at & 7))) & 1);
    return value;
  };
  const [front, side, back, lfe] = [bits(4), bits(4), bits(4), bits(2)];
  at += 7;
  for (const mixBits of [4, 4, 3]) if (bits(1)) at += mixBits;
  const elements = (count: number) =>
    Array.from({ length: count }, () => {
      const isPair = bits(1) === 1;
      at += 4;
      return isPair;
    });
  const [fronts, sides, backs] = [elements(front), elements(side), elements(back)];
  if (at > 8 * asc.length) return undefined;
  const pairsInFront = fronts.filter(Boolean).length;
  let seen = 0;
  return [
    ...fronts.flatMap((isPair) => {
      if (!isPair) return ['FC'] as const;
      seen++;
      return pairsInFront > 1 && seen === 1 ? (['FLC', 'FRC'] as const) : (['FL', 'FR'] as const);
    }),
    ...sides.flatMap((isPair) => (isPair ? (['SL', 'SR'] as const) : (['other'] as const))),
    ...backs.flatMap((isPair) => (isPair ? (['BL', 'BR'] as const) : (['BC'] as const))),
    ...new Array(lfe).fill('LFE'),
  ];
}
