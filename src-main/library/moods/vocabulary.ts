/**
 * The words that Tonearm writes. They stay as they are: playlists are built upon them.
 *
 * | head | its label | term in the mood lists | number |
 * | --- | --- | --- | --- |
 * | mood_happy | happy | happy | happy |
 * | mood_sad | sad | sad | sad |
 * | mood_relaxed | relaxed | relaxed | relaxed |
 * | mood_aggressive | aggressive | aggressive | aggressive |
 * | mood_party | party | party | party |
 * | mood_electronic | electronic | electronic | electronic |
 * | mood_acoustic | acoustic | acoustic | acoustic |
 * | danceability | danceable | danceable | danceable |
 * | timbre | bright, dark | bright timbre, dark timbre | bright |
 * | tonal_atonal | tonal, atonal | tonal, atonal | tonal |
 * | voice_instrumental | voice, instrumental | vocal, instrumental | voice |
 * | gender | female, male | female vocals, male vocals, where a voice was found | female |
 * | approachability_* | approachable, not approachable | mainstream, fringe | approachable |
 * | engagement_* | engaging, not engaging | engaging, mellow | engaging |
 *
 * The absence of a mood (`non_happy`) is no term: it argues against the mood where another head claims it, and that is
 * all. Heads that are not in the table write their own labels when their name says that they tell moods.
 */
interface HeadWords {
  /** Label → term; null is the mere absence of the head's other label. */
  readonly terms: Readonly<Record<string, string | null>>;
  /** The label whose score is written as a number, and the key it gets. */
  readonly number?: { readonly label: string; readonly key: string };
}

const mood = (label: string, absence: string): HeadWords => ({
  terms: { [label]: label, [absence]: null },
  number: { label, key: label },
});
const APPROACHABLE = { label: 'approachable', key: 'approachable' };
const ENGAGING = { label: 'engaging', key: 'engaging' };

const WORDS: Readonly<Record<string, HeadWords>> = {
  mood_happy: mood('happy', 'non_happy'),
  mood_sad: mood('sad', 'non_sad'),
  mood_relaxed: mood('relaxed', 'non_relaxed'),
  mood_aggressive: mood('aggressive', 'not_aggressive'),
  mood_party: mood('party', 'non_party'),
  mood_electronic: mood('electronic', 'non_electronic'),
  mood_acoustic: mood('acoustic', 'non_acoustic'),
  danceability: mood('danceable', 'not_danceable'),
  timbre: {
    terms: { bright: 'bright timbre', dark: 'dark timbre' },
    number: { label: 'bright', key: 'bright' },
  },
  tonal_atonal: { terms: { tonal: 'tonal', atonal: 'atonal' }, number: { label: 'tonal', key: 'tonal' } },
  voice_instrumental: {
    terms: { voice: 'vocal', instrumental: 'instrumental' },
    number: { label: 'voice', key: 'voice' },
  },
  gender: {
    terms: { female: 'female vocals', male: 'male vocals' },
    number: { label: 'female', key: 'female' },
  },
  approachability_2c: { terms: { approachable: 'mainstream', 'not approachable': 'fringe' }, number: APPROACHABLE },
  approachability_3c: { terms: { approachable: 'mainstream', 'not approachable': 'fringe' }, number: APPROACHABLE },
  engagement_2c: { terms: { engaging: 'engaging', 'not engaging': 'mellow' }, number: ENGAGING },
  engagement_3c: { terms: { engaging: 'engaging', 'not engaging': 'mellow' }, number: ENGAGING },
  // Notes of single instruments, not music: nothing of it is written.
  nsynth_acoustic_electronic: { terms: { acoustic: null, electronic: null } },
  nsynth_bright_dark: { terms: { bright: null, dark: null } },
};

/** Regressions: the words for their two ends, and the number's key. Valence and arousal run from 1 to 9. */
const POLES: Readonly<Record<string, { key: string; high?: string; low?: string; from?: number; to?: number }>> = {
  approachability: { key: 'approachable', high: 'mainstream', low: 'fringe' },
  engagement: { key: 'engaging', high: 'engaging', low: 'mellow' },
  valence: { key: 'valence', from: 1, to: 9 },
  arousal: { key: 'arousal', from: 1, to: 9 },
};

/** Terms that cannot both be true of a track. */
export const OPPOSITES: readonly (readonly [string, string])[] = [
  ['happy', 'sad'],
  ['aggressive', 'relaxed'],
  ['electronic', 'acoustic'],
  ['bright timbre', 'dark timbre'],
  ['tonal', 'atonal'],
  ['vocal', 'instrumental'],
  ['female vocals', 'male vocals'],
  ['mainstream', 'fringe'],
  ['engaging', 'mellow'],
];
const ABSENCE = /^(non|not)[_ ]/;

/** A head's task: `mood_happy` for `mood_happy-msd-musicnn-1` too. */
export function taskOf(head: string): string {
  return head.split('-')[0];
}

/**
 * What a label claims about a track: a term, or that a term does not hold (`absent`); undefined for labels that make
 * no claim at all.
 */
export function claimOf(head: string, label: string): { term: string; absent: boolean } | undefined {
  const task = taskOf(head);
  const words = WORDS[task];
  if (!words) return task.includes('mood') ? ownWords(label) : undefined;
  const term = words.terms[label];
  if (term) return { term, absent: false };
  const other = Object.values(words.terms).find((each) => each !== null);
  return term === null && other ? { term: other, absent: true } : undefined;
}

/** Whether a head with these labels has anything to say of moods. */
export function speaksOfMoods(head: string, labels: readonly string[]): boolean {
  return labels.some((label) => claimOf(head, label) !== undefined);
}

function ownWords(label: string): { term: string; absent: boolean } {
  const absent = ABSENCE.test(label);
  return { term: label.replace(ABSENCE, '').replaceAll('_', ' ').toLowerCase(), absent };
}

/** The label of a two-class head whose score is written as a number, and under which key. */
export function numberOf(head: string, labels: readonly string[]): { label: string; key: string } | undefined {
  const words = WORDS[taskOf(head)];
  if (words) return words.number;
  if (labels.length !== 2) return undefined;
  const label = labels.find((each) => !ABSENCE.test(each))!;
  return { label, key: keyOf(label) };
}

/** How a regression's output is read: its key, the words for its ends, and the line to 0…1. */
export function regressionOf(label: string) {
  const { from = 0, to = 1, ...words } = POLES[label] ?? { key: keyOf(label) };
  return { ...words, from, to, normalize: (value: number) => Math.min(1, Math.max(0, (value - from) / (to - from))) };
}

/** The terms that a term contradicts. */
export function oppositesOf(term: string): string[] {
  return OPPOSITES.flatMap(([a, b]) => (a === term ? [b] : b === term ? [a] : []));
}

function keyOf(label: string): string {
  return label.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}
