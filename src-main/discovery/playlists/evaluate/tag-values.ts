import {
  GENRE_SHARE,
  type GenreSource,
  MAX_GENRES,
  type ScoreSource,
  type TagKey,
  type TagSource,
  TIERS,
} from '../../../library/moods';
import type { Field } from '../fields';
import { IS_COMPILATION } from './columns';
import { fillSql, joinSql, type Sql, sql } from './sql';

/**
 * The values of a tag or role of the track `t`, as one column `value` without affinity: what stands in its file, and of
 * our own tags what would be written.
 */
export function valuesOf(field: Field): Sql {
  if (field.own) return ownValues(field.own);
  return field.name === 'albumartist' ? ALBUM_ARTISTS : sql(`SELECT value FROM json_each(x.texts, '$.${field.name}')`);
}

/** Where a file names no album artist, it is by its artists, and part of a compilation by various ones. */
const ALBUM_ARTISTS = sql(`SELECT value FROM json_each(COALESCE(x.texts -> '$.albumartist',
  iif(${IS_COMPILATION}, '["Various Artists"]', x.texts -> '$.artist')))`);

function ownValues({ source }: TagKey): Sql {
  switch (source.from) {
    case 'scores':
      return scores(source.sources);
    case 'moods':
      return sql('SELECT +mood AS value FROM track_mood WHERE track_id = t.id AND tier >= ?', tierNumber(source.tier));
    case 'genres':
      return joinSql(
        source.sources.map((each, i) => genres(each, source.sources.slice(0, i), source.word)),
        ' UNION ALL ',
      );
    case 'descriptor':
      return descriptor(source);
    case 'provenance':
      return sql('SELECT t.analysis_version AS value WHERE a.id IS NOT NULL');
    default:
      return source satisfies never;
  }
}

const tierNumber = (tier: (typeof TIERS)[number]): number => TIERS.length - TIERS.indexOf(tier);

/** Four decimals, as in the file; of several heads that answer the same question, the first that scored the track. */
function scores(sources: readonly ScoreSource[]): Sql {
  const each = sources.map(({ head, label, statistic, low, high }) =>
    fillSql(
      `(SELECT round(${onLine(statistic, low, high)}, 4) FROM score WHERE analysis_id = a.id AND head = % AND label = %)`,
      sql('?', head),
      sql('?', label),
    ),
  );
  const first = each.length === 1 ? each[0] : fillSql('COALESCE(%)', joinSql(each, ', '));
  return fillSql('SELECT value FROM (SELECT % AS value) WHERE value IS NOT NULL', first);
}

function onLine(statistic: ScoreSource['statistic'], low: number, high: number): string {
  if (low === 0 && high === 1) return statistic;
  return `min(1, max(0, (${statistic} - ${low}) / (${high} - ${low})))`;
}

/** The three strongest genres that reach the least score and half of the strongest; see `decideGenres`. */
function genres({ head, least, names }: GenreSource, better: readonly GenreSource[], word: 'genre' | 'style'): Sql {
  const labels = sql('?', JSON.stringify(names.map(({ label }) => label)));
  const words = Object.fromEntries(
    names.flatMap((name) => (name[word] === undefined ? [] : [[name.label, name[word]]])),
  );
  const known = fillSql(
    'FROM score o WHERE o.analysis_id = a.id AND o.head = % AND o.label IN (SELECT value FROM json_each(%))',
    sql('?', head),
    labels,
  );
  return fillSql(
    `SELECT n.value AS value FROM json_each(%) n CROSS JOIN score s
    WHERE s.analysis_id = a.id AND s.head = % AND s.label = n.key AND s.trimmed_mean >= ${least}
      AND s.trimmed_mean >= ${GENRE_SHARE} * (SELECT MAX(o.trimmed_mean) %)
      AND ${MAX_GENRES} > (SELECT COUNT(*) % AND
        (o.trimmed_mean > s.trimmed_mean OR (o.trimmed_mean = s.trimmed_mean AND o.position < s.position)))
      %`,
    sql('?', JSON.stringify(words)),
    sql('?', head),
    known,
    known,
    better.length === 0
      ? sql('')
      : sql(
          'AND NOT EXISTS (SELECT 1 FROM score b WHERE b.analysis_id = a.id AND b.head IN (SELECT value FROM json_each(?)))',
          JSON.stringify(better.map((each) => each.head)),
        ),
  );
}

const DESCRIPTORS = {
  bpm: { value: 'round(bpm, 1)', confidence: 'bpm_confidence' },
  key: { value: "musical_key || iif(scale = 'minor', 'm', '')", confidence: 'key_confidence' },
  loudness: { value: 'round(loudness_lufs, 2)', confidence: 'NULL' },
} as const;

function descriptor({ name, leastConfidence }: Extract<TagSource, { from: 'descriptor' }>): Sql {
  const { value, confidence } = DESCRIPTORS[name];
  return sql(
    `SELECT value FROM (SELECT ${value} AS value, ${confidence} AS confidence FROM descriptor WHERE analysis_id = a.id)
    WHERE value IS NOT NULL AND COALESCE(confidence, 1) >= ${leastConfidence}`,
  );
}
