import type { Descriptors } from '../../analysis/audio';
import type { HeadScores } from '../../analysis/inference';
import { PROVENANCE_KEY, type Separator, type StandardField, type WantedTags } from '../../files/tag-formats';
import type { WriteMode } from '../libraries/contract';
import type { TaggingSettings } from '../tagging/contract';
import { decideGenres } from './genres';
import { type Calibrate, decideMoods, uncalibrated } from './moods';
import { isWithin, TIERS } from './tiers';
import { numberOf, regressionOf } from './vocabulary';

/** The analysis of a track, as far as tags are made of it. */
export interface AnalysisResult {
  readonly version: string;
  /** Of a file that gave less than it promises: what is measured of a whole track is not known then. */
  readonly isIncomplete?: boolean;
  readonly heads: readonly HeadScores[];
  readonly descriptors: Descriptors | null | undefined;
}

/** The version of a calibration and what it does to scores. */
export interface Calibration {
  readonly version: string;
  readonly calibrate: Calibrate;
}
export const NO_CALIBRATION: Calibration = { version: 'none', calibrate: uncalibrated };

export type TagSettings = Pick<
  TaggingSettings,
  'namespace' | 'write_standard_fields' | 'write_alias_keys' | 'overwrite_standard_fields'
> &
  Partial<Pick<TaggingSettings, 'tag_separator'>>;

const SEPARATOR_OF = { colon: ':', underscore: '_', hyphen: '-' } as const;

/** What stands between the namespace and the key in the names of our tags. */
export const separatorOf = ({ tag_separator = 'colon' }: Pick<TagSettings, 'tag_separator'>): Separator =>
  SEPARATOR_OF[tag_separator];

/** How the tags came about: the version of the analysis, which names the models, and of the calibration. */
export function provenanceOf(version: string, calibration: Calibration = NO_CALIBRATION): string {
  return `${version}; calibration ${calibration.version}`;
}

/**
 * The tags that a file should have by its analysis: in the mode `none` nothing, which removes what was written
 * before, in `minimal` the moods, in `full` everything. Pure: the same in, the same out.
 */
export function wantedTags(
  analyzed: AnalysisResult,
  mode: WriteMode,
  settings: TagSettings,
  calibration: Calibration = NO_CALIBRATION,
): WantedTags {
  const separator = separatorOf(settings);
  const naming = { namespace: settings.namespace, ...(separator !== ':' && { separator }) };
  if (mode === 'none') return { ...naming, tags: {} };
  const moods = moodLists(analyzed.heads, calibration.calibrate);
  if (mode === 'minimal') return { ...naming, tags: moods };
  const descriptors = analyzed.isIncomplete ? withoutLoudness(analyzed.descriptors) : analyzed.descriptors;
  const numbers = numberTags(analyzed.heads);
  const { genres, styles } = decideGenres(analyzed.heads);
  return {
    ...naming,
    tags: {
      ...moods,
      ...numbers,
      ...(settings.write_alias_keys && aliases(numbers, moods)),
      ...filled({ genre: genres, style: styles }),
      ...descriptorTags(descriptors),
      [PROVENANCE_KEY]: [provenanceOf(analyzed.version, calibration) + (analyzed.isIncomplete ? '; incomplete' : '')],
    },
    ...(settings.write_standard_fields && {
      standard: standardFields(descriptors),
      mood: moods['mood-regular'] ?? [],
      remembersStandard: true,
      overwriteStandard: settings.overwrite_standard_fields,
    }),
  };
}

type Tags = Record<string, readonly string[]>;

/** `mood-strict`, `mood-regular`, `mood-loose`: sorted, each containing the one before; without the empty ones. */
function moodLists(heads: readonly HeadScores[], calibrate: Calibrate): Tags {
  const moods = decideMoods(heads, calibrate);
  const lists = TIERS.map((list) => [
    `mood-${list}`,
    moods.filter(({ tier }) => isWithin(tier, list)).map(({ term }) => term),
  ]);
  return filled(Object.fromEntries(lists));
}

/** One number for each question that a head answers, 0…1; raw, so that it stays when the calibration changes. */
function numberTags(heads: readonly HeadScores[]): Tags {
  const tags: Tags = {};
  for (const { head, kind, scores } of heads) {
    for (const { key, value } of kind === 'identity' ? scores.map(regressionNumber) : classNumber(head, kind, scores)) {
      tags[key] ??= [value.toFixed(4)];
    }
  }
  return tags;
}

function regressionNumber({ label, mean }: HeadScores['scores'][number]) {
  const { key, normalize } = regressionOf(label);
  return { key, value: normalize(mean) };
}

function classNumber(head: string, kind: HeadScores['kind'], scores: HeadScores['scores']) {
  if (kind !== 'softmax') return [];
  const number = numberOf(
    head,
    scores.map(({ label }) => label),
  );
  const score = scores.find(({ label }) => label === number?.label);
  return number && score ? [{ key: number.key, value: score.trimmedMean }] : [];
}

export const MOOD_NUMBERS: readonly string[] = [
  'happy',
  'sad',
  'relaxed',
  'aggressive',
  'party',
  'electronic',
  'acoustic',
];

/** The names that the documents of Nomarr use in their examples. */
function aliases(numbers: Tags, moods: Tags): Tags {
  const named = MOOD_NUMBERS.filter((key) => numbers[key]).map((key) => [`mood_${key}`, numbers[key]]);
  return filled({ ...Object.fromEntries(named), mood: moods['mood-regular'] ?? [] });
}

/** Below these a tempo or key is shown as measured, but not written: a tag that is absent misleads nobody. */
export const LEAST_CONFIDENCE = { bpm: 0.15, key: 0.15 };

function believed<D extends Descriptors>(descriptors: D): D {
  const isVague = (confidence: number | null, least: number) => confidence !== null && confidence < least;
  return {
    ...descriptors,
    bpm: isVague(descriptors.bpmConfidence, LEAST_CONFIDENCE.bpm) ? null : descriptors.bpm,
    key: isVague(descriptors.keyConfidence, LEAST_CONFIDENCE.key) ? null : descriptors.key,
  };
}

/** Moods, tempo and key are estimates of what is there; loudness and gain are of a whole track or of nothing. */
function withoutLoudness(descriptors: Descriptors | null | undefined): Descriptors | null {
  if (!descriptors) return null;
  return { ...descriptors, loudnessLufs: null, replaygainGainDb: null, replaygainPeak: null };
}

function descriptorTags(analyzed: Descriptors | null | undefined): Tags {
  if (!analyzed) return {};
  const descriptors = believed(analyzed);
  const { bpm, loudnessLufs } = descriptors;
  return filled({
    bpm: bpm === null ? [] : [String(Math.round(bpm * 10) / 10)],
    key: listOf(keyName(descriptors)),
    loudness: loudnessLufs === null ? [] : [loudnessLufs.toFixed(2)],
  });
}

function standardFields(analyzed: Descriptors | null | undefined): Partial<Record<StandardField, string>> {
  if (!analyzed) return {};
  const descriptors = believed(analyzed);
  const { bpm, replaygainGainDb, replaygainPeak } = descriptors;
  return {
    ...(bpm !== null && { bpm: String(Math.round(bpm)) }),
    ...(keyName(descriptors) && { initialkey: keyName(descriptors) }),
    ...(replaygainGainDb !== null && { replaygain_track_gain: `${replaygainGainDb.toFixed(2)} dB` }),
    ...(replaygainPeak !== null && { replaygain_track_peak: replaygainPeak.toFixed(6) }),
  };
}

/** `F#m`, as players and DJ programs read it. */
export function keyName({ key, scale }: Pick<Descriptors, 'key' | 'scale'>): string | undefined {
  return key === null ? undefined : `${key}${scale === 'minor' ? 'm' : ''}`;
}

const listOf = (value: string | undefined): string[] => (value === undefined ? [] : [value]);

function filled(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([, values]) => values.length > 0));
}
