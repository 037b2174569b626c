import type { ScoreView } from '../../src-main/library/tracks/contract';

/** How sure a label is, in words. */
export const TIER_WORDS = { strict: 'very sure', regular: 'sure', loose: 'perhaps' } as const;

/** Why a label is no mood of the track although it is sure by itself. */
export const LEFT_OUT_WORDS = {
  contradicted: 'left out: another answer says the opposite',
  no_voice: 'left out: no voice was found for certain',
  outdone: 'left out: another answer is stronger',
} as const;

const words = (name: string) => name.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase());

/** `mood_happy` → `Happy`, `voice_instrumental` → `Voice or instrumental`. */
export function headWords(head: string): string {
  const PAIRS: Readonly<Record<string, string>> = {
    voice_instrumental: 'Voice or instrumental',
    tonal_atonal: 'Tonal or atonal',
    gender: 'Voice',
    msd_tags: 'Style',
    genre_discogs400: 'Genre and style',
  };
  return PAIRS[head] ?? words(head.replace(/^mood_/, ''));
}

export const labelWords = (label: string): string => words(label.replace(/^non_/, 'not_').replace(/---/g, ': '));

const isNegation = ({ label }: ScoreView) => /^(not|non)_/.test(label);
const MAX_LABELS = 8;

/** A question of yes or no is one bar, the yes; of many answers the strongest are shown. */
export function shownScores(scores: readonly ScoreView[]): readonly ScoreView[] {
  const said = scores.filter((score) => !isNegation(score));
  const shown = said.length > 0 ? said : scores;
  if (shown.length <= 3) return shown;
  return [...shown].sort((a, b) => b.value - a.value).slice(0, MAX_LABELS);
}
