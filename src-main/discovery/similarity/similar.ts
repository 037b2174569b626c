import { AppError } from '../../rpc';
import type { Characters, Wanted } from './characters';
import type { SimilarTrack } from './contract';
import { nearest } from './nearest';
import { createRecordings, type PlacedTrack } from './recordings';
import { type Character, scoreOf, similarityScore } from './similarity-score';
import type { VectorIndex } from './vector-index';
import type { VectorCount } from './vector-store';

/** So many of the nearest in sound are looked at for the rest; what sounds less alike could hardly make up for it. */
const LOOKED_AT = 500;

/** An open index, and what is known of its tracks: what every question of likeness is asked of. */
export interface Neighbourhood {
  readonly index: VectorIndex;
  readonly count: VectorCount;
  readonly characters: Characters;
}

export interface SimilarWish {
  readonly id: number;
  readonly limit: number;
  readonly minScore: number;
  readonly wanted: Wanted;
}

/** The tracks most like one, by the weighed parts. Throws `not_found` for a track without a vector. */
export function similarTo(hood: Neighbourhood, { id, limit, minScore, wanted }: SimilarWish): SimilarTrack[] {
  const { index, characters } = hood;
  const { character: seed, place } = member(hood, id);
  const allowed = characters.allowed(wanted, seed);
  const cosines = index.cosines(index.vectorAt(place));
  const baseline = index.baseline();
  const found = nearest(cosines, Math.max(LOOKED_AT, 2 * limit), isAllowed(hood, allowed, new Set([id])))
    .flatMap((at): Found[] => {
      const character = characters.find(index.trackAt(at));
      if (!character) return [];
      const compared = compare(seed, character, { cosine: cosines[at], baseline });
      return [{ character, vector: index.vectorAt(at), row: { track: character.track, ...compared, copies: [] } }];
    })
    .filter(({ row }) => row.score >= minScore)
    .sort((a, b) => b.row.score - a.row.score || a.row.track.id - b.row.track.id);
  return oneOfEach(found).slice(0, limit);
}

interface Found extends PlacedTrack {
  readonly row: SimilarTrack & { readonly copies: number[] };
}

/** A recording that is there several times is one row, which names the others. */
function oneOfEach(found: readonly Found[]): SimilarTrack[] {
  const recordings = createRecordings<Found>();
  const rows: SimilarTrack[] = [];
  for (const each of found) {
    const known = recordings.findOrAdd(each);
    if (known) known.row.copies.push(each.row.track.id);
    else rows.push(each.row);
  }
  return rows;
}

/** The score of two tracks with its parts. */
export function compare(a: Character, b: Character, timbre: { cosine: number; baseline: number }) {
  const parts = similarityScore(a, b, timbre);
  return { score: scoreOf(parts), cosine: timbre.cosine, parts };
}

/**
 * Which places may be found: those of the allowed tracks, if it matters, whose file is there, without those that are
 * found already. The missing are left out here and not of the nearest: of a folder that went, they might all be.
 */
export function isAllowed(
  { index, characters }: Neighbourhood,
  allowed: ReadonlySet<number> | undefined,
  not: ReadonlySet<number>,
) {
  const missing = characters.missing();
  return (place: number): boolean => {
    const track = index.trackAt(place);
    return !not.has(track) && !missing.has(track) && (allowed === undefined || allowed.has(track));
  };
}

/** A track of the library that has a vector. Throws `not_found`, saying which of the two is wanting. */
export function member(
  { index, characters, count }: Neighbourhood,
  id: number,
): { character: Character; place: number } {
  const character = characters.find(id);
  if (!character) throw new AppError('not_found', `There is no track ${id}.`);
  const place = index.placeOf(id);
  if (place === undefined)
    throw new AppError(
      'not_found',
      `${character.track.title} has not been analyzed with ${count.backbone} as the others have. Analyze it first.`,
    );
  return { character, place };
}
