/*
 * The keys that Nomarr wrote under its namespace `nom`, in the styles of its years:
 *
 * - late 2025: `happy_essentia21b6dev1389_musicnn20200331_happy20220825`: label, framework, backbone and head with the
 *   dates of their release. Labels came from the models' own metadata.
 * - 2026: `not happy_musicnn_mood_happy-msd-musicnn-1`: label, backbone, the model file's name. Labels came from a list
 *   of Nomarr's own that has seven heads the wrong way round, which is put right here.
 * - `mood-strict`, `mood-regular`, `mood-loose`, which are ours too, and `nom_version`.
 *
 * Its Vorbis comments are in capitals with `_` for `:` and `-`; as they reach this file they are in lower case again.
 */

const BACKBONES = 'musicnn|effnet|yamnet|vggish';
const DATED = new RegExp(`^(.+)_(essentia[0-9a-z]+)_(${BACKBONES})(\\d{8})_(.+?)(\\d{8})$`);
const NAMED = new RegExp(
  `^(.+?)_(${BACKBONES})_([a-z0-9_]+?)[-_](msd[-_]musicnn|discogs[-_]effnet|audioset[-_][a-z]+)[-_](\\d+)$`,
);
const VERSION = /^nom[-_]version$/;
const MOODS = /^mood[-_](strict|regular|loose)$/;
/** The key that only we write: where it stands, the moods beside it are ours. */
const OURS = 'tonearm';

/** A number that Nomarr wrote, under the names that our own heads have. */
export interface NomarrScore {
  readonly key: string;
  /** The task, `mood_happy`. */
  readonly head: string;
  readonly backbone: string;
  /** The class whose activation it is, by the models' own metadata. */
  readonly label: string;
  /** 0…1 */
  readonly value: number;
  /** Nomarr had written it under the name of the other class. */
  readonly wasInverted: boolean;
}

/** Of a head of two classes: what the model's metadata calls them, and what Nomarr called them in 2026, by index. */
interface Classes {
  readonly own: readonly [string, string];
  readonly named: readonly [string, string];
}

const CLASSES: Readonly<Record<string, Classes>> = {
  mood_happy: { own: ['happy', 'non_happy'], named: ['happy', 'not happy'] },
  mood_sad: { own: ['non_sad', 'sad'], named: ['sad', 'not sad'] },
  mood_relaxed: { own: ['non_relaxed', 'relaxed'], named: ['relaxed', 'not relaxed'] },
  mood_party: { own: ['non_party', 'party'], named: ['party-like', 'not party-like'] },
  mood_aggressive: { own: ['aggressive', 'not_aggressive'], named: ['aggressive', 'relaxed'] },
  mood_acoustic: { own: ['acoustic', 'non_acoustic'], named: ['acoustic', 'not acoustic'] },
  mood_electronic: { own: ['electronic', 'non_electronic'], named: ['electronic', 'not electronic'] },
  danceability: { own: ['danceable', 'not_danceable'], named: ['easy dancing', 'hard dancing'] },
  gender: { own: ['female', 'male'], named: ['high-pitch vocal', 'low-pitch vocal'] },
  tonal_atonal: { own: ['atonal', 'tonal'], named: ['tonal', 'atonal'] },
  voice_instrumental: { own: ['instrumental', 'voice'], named: ['has vocals', 'instrumental only'] },
  timbre: { own: ['bright', 'dark'], named: ['bright timbre', 'dark timbre'] },
  approachability_2c: { own: ['not approachable', 'approachable'], named: ['mainstream', 'fringe'] },
  engagement_2c: { own: ['not engaging', 'engaging'], named: ['engaging', 'mellow'] },
};

/** Heads whose classes Nomarr's list of 2026 had the wrong way round. */
const INVERTED: readonly string[] = [
  'mood_sad',
  'mood_relaxed',
  'mood_party',
  'tonal_atonal',
  'voice_instrumental',
  'approachability_2c',
  'engagement_2c',
];

/** Whether Nomarr wrote this key; moods are taken for Nomarr's where none of the other keys is only ours. */
export function isNomarrKey(key: string, keys: readonly string[]): boolean {
  if (DATED.test(key) || NAMED.test(key) || VERSION.test(key)) return true;
  return (
    MOODS.test(key) &&
    !keys.includes(OURS) &&
    keys.some((other) => NAMED.test(other) || DATED.test(other) || VERSION.test(other))
  );
}

/** How many of these keys Nomarr wrote. */
export function countNomarrKeys(keys: readonly string[]): number {
  return keys.filter((key) => isNomarrKey(key, keys)).length;
}

/** What a key of Nomarr's and its value say; undefined for keys of others, and for what is no number. */
export function nomarrScoreOf(key: string, values: readonly string[]): NomarrScore | undefined {
  const value = numberIn(values);
  if (value === undefined) return undefined;
  const named = NAMED.exec(key);
  if (named) return scoreNamed(key, { label: named[1], backbone: named[2], task: named[3] }, value);
  const dated = DATED.exec(key);
  return dated ? scoreDated(key, { label: dated[1], backbone: dated[3], head: dated[5] }, value) : undefined;
}

/** Nomarr named the activation of an index after its own list: the index tells the class. */
function scoreNamed(key: string, from: { label: string; backbone: string; task: string }, value: number): NomarrScore {
  const { backbone, task } = from;
  const classes = CLASSES[task];
  const index = classes?.named.findIndex((name) => isSameLabel(name, from.label)) ?? -1;
  const label = classes && index >= 0 ? classes.own[index] : from.label;
  return { key, head: task, backbone, label, value, wasInverted: index >= 0 && INVERTED.includes(task) };
}

/** The labels are the models' own here, with `not_` for `non_`; the head goes by its positive class. */
function scoreDated(key: string, from: { label: string; backbone: string; head: string }, value: number): NomarrScore {
  const head = Object.keys(CLASSES).find((task) => task === from.head || task === `mood_${from.head}`) ?? from.head;
  const label = CLASSES[head]?.own.find((name) => isSameLabel(name, from.label)) ?? from.label;
  return { key, head, backbone: from.backbone, label, value, wasInverted: false };
}

/** `not_happy` is `non_happy`; capitals, blanks and dashes come back from Vorbis comments as `_`. */
function isSameLabel(a: string, b: string): boolean {
  const plain = (label: string) =>
    label
      .toLowerCase()
      .replace(/^non?[_ -]|^not[_ -]/, 'not ')
      .replaceAll(/[_-]/g, ' ');
  return plain(a) === plain(b);
}

/** Nomarr wrote JSON: a number, or a list with one. */
function numberIn(values: readonly string[]): number | undefined {
  if (values.length !== 1) return undefined;
  try {
    const parsed: unknown = JSON.parse(values[0]);
    const value = Array.isArray(parsed) && parsed.length === 1 ? parsed[0] : parsed;
    return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
  } catch {
    return undefined;
  }
}
