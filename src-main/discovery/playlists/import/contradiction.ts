import { token_sort_ratio } from 'fuzzball';
import type { IndexedTrack } from './library-index';
import { firstArtist, normalArtist, normalTitle } from './normalise';
import type { SourceTrack } from './source';

/** Lengths further apart than this are two recordings. */
const OTHER_LENGTH_MS = 20_000;
/** Names less alike than this, of 100, are not two spellings of one. */
const ALIKE = 70;
const RATIO = { full_process: false } as const;

type Names = Pick<SourceTrack, 'title' | 'artist'>;

/** Whether both lengths are known and so far apart that these are two recordings. */
export const isOtherLength = ({ durationMs }: IndexedTrack, source: SourceTrack): boolean =>
  durationMs !== null && source.durationMs !== null && Math.abs(durationMs - source.durationMs) > OTHER_LENGTH_MS;

/**
 * Whether title or artist of a playlist are others than those of a track. What one of them does not name contradicts
 * nothing, and some programs write the title before the artist.
 */
export function isOtherName(track: IndexedTrack, { title, artist }: Names): boolean {
  if (track.title === '' || title === '') return false;
  const both = [title, artist].join(' ');
  const isAlike =
    isSameName(track, { title, artist }) ||
    (artist !== '' && isSameName(track, { title: artist, artist: title })) ||
    areAlike(normalArtist(`${track.rawTitle} ${track.rawArtist}`), normalArtist(both));
  return !isAlike;
}

function isSameName(track: IndexedTrack, { title, artist }: Names): boolean {
  if (!areAlike(track.title, normalTitle(title))) return false;
  const isArtistUnknown = artist === '' || track.artist === '';
  return isArtistUnknown || track.firstArtist === firstArtist(artist) || areAlike(track.artist, normalArtist(artist));
}

const areAlike = (one: string, other: string) => token_sort_ratio(one, other, RATIO) >= ALIKE;
