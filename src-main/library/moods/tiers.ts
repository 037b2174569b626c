/** How sure a term is. Each tier contains the ones before it: strict ⊆ regular ⊆ loose. */
export const TIERS = ['strict', 'regular', 'loose'] as const;
export type Tier = (typeof TIERS)[number];

/** What a label needs against its counter, the label that speaks for the opposite. All bounds are inclusive. */
const CASCADE: readonly { tier: Tier; score: number; ratio: number; gap: number }[] = [
  { tier: 'strict', score: 0.8, ratio: 1.2, gap: 0.15 },
  { tier: 'regular', score: 0.75, ratio: 1.1, gap: 0.08 },
  { tier: 'loose', score: 0.6, ratio: 1.02, gap: 0.03 },
];
/** The most that a label may claim whose activation varies this much over the patches; null claims nothing. */
const STABILITY: readonly { std: number; most: Tier | null }[] = [
  { std: 0.25, most: null },
  { std: 0.15, most: 'loose' },
  { std: 0.08, most: 'regular' },
];
/** 0.75 − 0.67 is 0.0799…96 in binary; a bound that is called inclusive has to include it. */
const EPSILON = 1e-9;

const reaches = (value: number, bound: number): boolean => value >= bound - EPSILON;

/**
 * The tier of a label of a classification head.
 *
 * @param score 0…1, calibrated
 * @param counter the opposite label's score, or the largest of the others
 * @param std over the patches; null when there was only one, which limits nothing
 */
export function tierOf(score: number, counter: number, std: number | null): Tier | null {
  const ratio = score / Math.max(counter, EPSILON);
  const rung = CASCADE.find(
    (each) => reaches(score, each.score) && reaches(ratio, each.ratio) && reaches(score - counter, each.gap),
  );
  return rung ? limitByStability(rung.tier, std) : null;
}

/** Lowers a tier when the activation varied too much over the track. */
function limitByStability(tier: Tier, std: number | null): Tier | null {
  const gate = STABILITY.find((each) => std !== null && reaches(std, each.std));
  return gate ? gate.most && weaker(tier, gate.most) : tier;
}

/**
 * Which pole of a regression a track stands at, and how surely; undefined between the poles.
 *
 * @param mean over the patches, 0…1
 */
export function poleOf(mean: number, std: number | null): { pole: 'high' | 'low'; tier: Tier } | undefined {
  const pole = reaches(mean, 0.7) ? 'high' : reaches(0.3, mean) ? 'low' : undefined;
  const spread = std ?? 0;
  if (!pole || reaches(spread, 0.25)) return undefined;
  const intensity = Math.abs(mean - 0.5) * 2;
  if (!reaches(spread, 0.08) && reaches(intensity, 0.8)) return { pole, tier: 'strict' };
  if (!reaches(spread, 0.15) && reaches(intensity, 0.6)) return { pole, tier: 'regular' };
  return { pole, tier: 'loose' };
}

/** The less sure of two tiers. */
export function weaker(a: Tier, b: Tier): Tier {
  return TIERS.indexOf(a) > TIERS.indexOf(b) ? a : b;
}

/** Whether a term of this tier belongs into the list of that one. */
export function isWithin(tier: Tier, list: Tier): boolean {
  return TIERS.indexOf(tier) <= TIERS.indexOf(list);
}
