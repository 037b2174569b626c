/** The lists of moods, from the surest; each contains the ones before it. */
export const TIER_NAMES = ['strict', 'regular', 'loose'] as const;
export type TierName = (typeof TIER_NAMES)[number];

/** `track_mood.tier` says the surest list that a mood is in; a list holds what is at least this. */
export const LEAST_OF_TIER: Readonly<Record<TierName, number>> = { strict: 3, regular: 2, loose: 1 };
