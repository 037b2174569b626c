import { token_sort_ratio } from 'fuzzball';
import { isOtherLength, isOtherName } from './contradiction';
import { candidatesFor, type IndexedTrack, keysOf, type LibraryIndex, nameKey } from './library-index';
import { findByPath, type PathMatch } from './match-path';
import { firstArtist, fullTitle, normalArtist, normalTitle } from './normalise';
import { nameInPath, type SourceTrack } from './source';

type Method = 'remembered' | 'isrc' | 'path' | 'exact' | 'fuzzy';

/** What became of one track of a playlist. Confidence is 0…1. */
export type Match =
  | { readonly kind: 'matched'; readonly id: number; readonly method: Method; readonly confidence: number }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'unmatched' };
interface Candidate {
  readonly id: number;
  readonly confidence: number;
}

/** Ratios of `0.7 · title + 0.3 · artist`, 0…100. */
const HIGH = 85;
const LOW = 70;
/** A runner-up as near as this makes the best one a guess. */
const NEAR = 5;
const CONFIDENCE = { isrc: 1, path: 1, exact: 0.95, onlyPath: 0.5 } as const;
/** Artist, album and file: a path that agrees in these names the file by itself. */
const WHOLE_PATH = 3;
const SAME_LENGTH_MS = 3000;
const COMPARED = 60;
const SHOWN = 5;
const RATIO = { full_process: false } as const;

/**
 * Finds the track that a playlist means: by ISRC, by path, by the same names, else by names that are nearly the same.
 */
export function matchTrack(index: LibraryIndex, source: SourceTrack): Match {
  const byIsrc = source.isrc ? (index.byIsrc.get(source.isrc) ?? []) : [];
  if (byIsrc.length > 0) return matched(bestOf(byIsrc, source), 'isrc', CONFIDENCE.isrc);
  const byPath = source.path ? findByPath(index, source.path) : undefined;
  if (byPath && isSure(byPath, source)) return matched(byPath.track, 'path', CONFIDENCE.path);
  const byName = matchName(index, source);
  const isWorthAsking = byPath && (byPath.depth > 1 || !saysNames(source));
  if (byName.kind !== 'unmatched' || !isWorthAsking) return byName;
  return { kind: 'ambiguous', candidates: [{ id: byPath.track.id, confidence: CONFIDENCE.onlyPath }] };
}

/** Many albums have a `CD1/01 Intro.flac`: a path that agrees only in its end must agree in what else is said. */
function isSure({ track, depth }: PathMatch, source: SourceTrack): boolean {
  if (depth >= WHOLE_PATH) return true;
  if (isOtherLength(track, source)) return false;
  const isFolderKnown = depth > 1 || !source.path.includes('/');
  return (isFolderKnown && !saysNames(source)) || !isOtherName(track, source);
}

/** Whether the playlist names the track itself; else its names were taken from the file's. */
function saysNames({ title, artist, path }: SourceTrack): boolean {
  const inPath = nameInPath(path);
  return normalTitle(title) !== normalTitle(inPath.title) || normalArtist(artist) !== normalArtist(inPath.artist);
}

function matchName(index: LibraryIndex, source: SourceTrack): Match {
  const title = normalTitle(source.title);
  if (title === '') return { kind: 'unmatched' };
  const exact = source.artist === '' ? [] : (index.byName.get(nameKey(title, firstArtist(source.artist))) ?? []);
  if (exact.length === 0) return fuzzy(index, source, title);
  const best = bestOf(exact, source);
  if (isOtherLength(best, source))
    return {
      kind: 'ambiguous',
      candidates: exact.slice(0, SHOWN).map(({ id }) => ({ id, confidence: CONFIDENCE.exact })),
    };
  return matched(best, 'exact', CONFIDENCE.exact);
}

const matched = ({ id }: IndexedTrack, method: Method, confidence: number): Match => ({
  kind: 'matched',
  id,
  method,
  confidence,
});

/** Names alike in other words, order or spelling. What is only half alike is shown to the person, never taken. */
function fuzzy(index: LibraryIndex, source: SourceTrack, title: string): Match {
  const artist = normalArtist(source.artist);
  const rated = candidatesFor(index, keysOf(title, artist), COMPARED)
    .map((track) => ({ track, ratio: ratioOf(track, title, artist) }))
    .filter(({ ratio }) => ratio >= LOW)
    .sort((a, b) => b.ratio - a.ratio);
  const [best] = rated;
  if (!best) return { kind: 'unmatched' };
  const near = rated.filter(({ ratio }) => best.ratio - ratio <= NEAR).map(({ track }) => track);
  const sameLength = near.filter((track) => isSameLength(track, source));
  const isOneSong = near.every(
    (track) => nameKey(track.title, track.firstArtist) === nameKey(best.track.title, best.track.firstArtist),
  );
  const only = isOneSong ? bestOf(near, source) : sameLength.length === 1 ? sameLength[0] : undefined;
  if (only && best.ratio >= HIGH && !isOtherLength(only, source)) return matched(only, 'fuzzy', best.ratio / 100);
  const candidates = rated.slice(0, SHOWN).map(({ track: { id }, ratio }) => ({ id, confidence: ratio / 100 }));
  return { kind: 'ambiguous', candidates };
}

function ratioOf(track: IndexedTrack, title: string, artist: string): number {
  const titles = token_sort_ratio(track.title, title, RATIO);
  // A source without an artist is compared by its title alone, and cannot be sure.
  if (artist === '') return Math.min(titles, HIGH - 1);
  return 0.7 * titles + 0.3 * token_sort_ratio(track.artist, artist, RATIO);
}

/** Of several that are the same by name: the same edition, then the same album, then the nearest length. */
function bestOf(tracks: readonly IndexedTrack[], source: SourceTrack): IndexedTrack {
  const [title, album] = [fullTitle(source.title), fullTitle(source.album)];
  const distance = ({ durationMs }: IndexedTrack) =>
    durationMs === null || source.durationMs === null ? 0 : Math.abs(durationMs - source.durationMs);
  const order = (track: IndexedTrack) => [
    Number(track.fullTitle !== title),
    Number(album !== '' && fullTitle(track.album) !== album),
    distance(track),
    track.id,
  ];
  return tracks.reduce((best, track) => (isBefore(order(track), order(best)) ? track : best));
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at] < b[at];
}

const isSameLength = ({ durationMs }: IndexedTrack, source: SourceTrack) =>
  durationMs !== null && source.durationMs !== null && Math.abs(durationMs - source.durationMs) <= SAME_LENGTH_MS;
