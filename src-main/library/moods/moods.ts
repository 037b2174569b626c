import type { HeadScores, PooledScore } from '../../analysis/inference';
import { poleOf, TIERS, type Tier, tierOf, weaker } from './tiers';
import { claimOf, oppositesOf, regressionOf, taskOf } from './vocabulary';

/** A score, and how much it varied over the patches (null: there was one patch only). */
export interface Pooled {
  readonly score: number;
  readonly std: number | null;
}

/** Makes the scores of one head and label comparable with others; see `calibration`. */
export type Calibrate = (head: string, label: string, pooled: Pooled) => Pooled;
export const uncalibrated: Calibrate = (_head, _label, pooled) => pooled;

/** What one label of one head came to. */
export interface LabelDecision {
  readonly head: string;
  readonly label: string;
  /** Calibrated. */
  readonly score: number;
  readonly tier: Tier | null;
}

export interface MoodTerm {
  readonly term: string;
  readonly tier: Tier;
}

interface Claim extends MoodTerm {
  readonly absent: boolean;
  readonly score: number;
}

/** The tier of every label of a head by itself, before anything is weighed against other heads. */
export function decideLabels(head: HeadScores, calibrate: Calibrate = uncalibrated): LabelDecision[] {
  if (head.kind === 'identity') return head.scores.map((score) => decideRegression(head.head, score));
  const pooled = head.scores.map(({ label, trimmedMean, std }) =>
    calibrate(head.head, label, { score: trimmedMean, std }),
  );
  return head.scores.map(({ label }, i) => {
    const { score, std } = pooled[i];
    const opposite = head.scores.findIndex((other) => areOpposite(label, other.label));
    const others = pooled.filter((_, j) => (opposite >= 0 ? j === opposite : j !== i));
    const counter = Math.max(0, ...others.map((other) => other.score));
    return { head: head.head, label, score, tier: tierOf(score, counter, std) };
  });
}

function decideRegression(head: string, { label, mean, std }: PooledScore): LabelDecision {
  const score = regressionOf(label).normalize(mean);
  return { head, label, score, tier: poleOf(score, std)?.tier ?? null };
}

/** `non_x` and `not_x` are the explicit opposites of `x`. */
function areOpposite(a: string, b: string): boolean {
  const isAbsenceOf = (x: string, y: string) => [`non_${y}`, `not_${y}`, `not ${y}`].includes(x);
  return isAbsenceOf(a, b) || isAbsenceOf(b, a);
}

/**
 * The mood terms of a track. Inside a head the strongest label speaks; the same term from several heads counts once,
 * with its highest tier; where two heads contradict each other, neither is believed. The voice's sex is told only where
 * a voice was found, and not more surely than that.
 */
export function decideMoods(heads: readonly HeadScores[], calibrate: Calibrate = uncalibrated): MoodTerm[] {
  const claims = heads.flatMap((head) => claimsOf(head, calibrate));
  const present = strongest(claims.filter(({ absent }) => !absent));
  const denied = new Set(claims.filter(({ absent }) => absent).map(({ term }) => term));
  const voice = present.get('vocal');
  return [...present.values()]
    .filter(({ term }) => !denied.has(term) && !oppositesOf(term).some((other) => present.has(other)))
    .flatMap(({ term, tier }) => {
      if (!isAboutVoice(term)) return [{ term, tier }];
      const isAnalyzed = voice && !denied.has('vocal') && !present.has('instrumental');
      return isAnalyzed ? [{ term, tier: weaker(tier, voice.tier) }] : [];
    })
    .sort((a, b) => (a.term < b.term ? -1 : 1));
}

/** Why a label whose claim reached a tier is no mood of the track; null where it is one, or claims nothing. */
type LeftOut = 'contradicted' | 'no_voice' | 'outdone';

/** Tells of each label why its claim was left out: the same decision as `decideMoods`, looked at from the label. */
export function explainMoods(heads: readonly HeadScores[], calibrate: Calibrate = uncalibrated) {
  const kept = new Set(decideMoods(heads, calibrate).map(({ term }) => term));
  const claims = heads.flatMap((head) => claimsOf(head, calibrate));
  const claimed = new Set(claims.filter(({ absent }) => !absent).map(({ term }) => term));
  const denied = new Set(claims.filter(({ absent }) => absent).map(({ term }) => term));
  return function leftOut(head: HeadScores, decision: LabelDecision): LeftOut | null {
    const [claim] = claimsOfLabel(head, decision);
    if (!claim || claim.absent || kept.has(claim.term)) return null;
    if (!claimed.has(claim.term)) return 'outdone';
    if (denied.has(claim.term) || oppositesOf(claim.term).some((other) => claimed.has(other))) return 'contradicted';
    return isAboutVoice(claim.term) ? 'no_voice' : 'outdone';
  };
}

const isAboutVoice = (term: string): boolean => term === 'female vocals' || term === 'male vocals';

function claimsOf(head: HeadScores, calibrate: Calibrate): Claim[] {
  const claims = decideLabels(head, calibrate).flatMap((decision) => claimsOfLabel(head, decision));
  if (head.kind === 'sigmoid') return claims.filter((claim) => !claims.some((other) => beats(other, claim)));
  return claims.sort(byStrength).slice(0, 1);
}

function claimsOfLabel(head: HeadScores, { label, score, tier }: LabelDecision): Claim[] {
  if (!tier) return [];
  if (head.kind === 'identity') {
    const words = regressionOf(label);
    const term = score >= 0.5 ? words.high : words.low;
    return term ? [{ term, tier, score: Math.max(score, 1 - score), absent: false }] : [];
  }
  const claim = claimOf(taskOf(head.head), label);
  return claim ? [{ ...claim, tier, score }] : [];
}

/** Among the independent labels of one head only opposites compete. */
function beats(other: Claim, claim: Claim): boolean {
  return oppositesOf(claim.term).includes(other.term) && byStrength(other, claim) < 0;
}

function byStrength(a: Claim, b: Claim): number {
  return TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || b.score - a.score;
}

function strongest(claims: readonly Claim[]): Map<string, Claim> {
  const best = new Map<string, Claim>();
  for (const claim of [...claims].sort(byStrength)) if (!best.has(claim.term)) best.set(claim.term, claim);
  return best;
}
