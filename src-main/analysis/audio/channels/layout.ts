/** Speakers in the order of the bits of a WAVEFORMATEXTENSIBLE channel mask (dwChannelMask), 0 the first. */
const MASK_BITS = [
  'FL',
  'FR',
  'FC',
  'LFE',
  'BL',
  'BR',
  'FLC',
  'FRC',
  'BC',
  'SL',
  'SR',
  'TC',
  'TFL',
  'TFC',
  'TFR',
  'TBL',
  'TBC',
  'TBR',
] as const;
/** Where a channel is played; `other` is nowhere that is known. */
export type Speaker = (typeof MASK_BITS)[number] | 'other';

/** The speaker of each channel, in the order of the channels. */
export type ChannelLayout = readonly Speaker[];

/** The usual speakers for a number of channels where nothing says more; those of FLAC (RFC 9639 §9.1.3). */
const DEFAULTS: Record<number, ChannelLayout> = {
  1: ['FC'],
  2: ['FL', 'FR'],
  3: ['FL', 'FR', 'FC'],
  4: ['FL', 'FR', 'BL', 'BR'],
  5: ['FL', 'FR', 'FC', 'BL', 'BR'],
  6: ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR'],
  7: ['FL', 'FR', 'FC', 'LFE', 'BC', 'SL', 'SR'],
  8: ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'SL', 'SR'],
};

export function defaultLayout(channels: number): ChannelLayout {
  return DEFAULTS[channels] ?? new Array<Speaker>(channels).fill('other');
}

/**
 * The layout that a channel mask names: the set bits from the lowest on. Channels beyond them are nowhere in
 * particular; undefined for an empty mask.
 */
export function layoutOfMask(mask: number, channels: number): ChannelLayout | undefined {
  if (mask === 0) return undefined;
  const named: Speaker[] = MASK_BITS.filter((_, bit) => mask & (1 << bit));
  return Array.from({ length: channels }, (_, i) => named[i] ?? 'other');
}
