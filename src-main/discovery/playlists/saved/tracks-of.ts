import type { Selected, Sql } from '../evaluate';
import { orderOf, whereOf } from '../evaluate';
import type { Fields } from '../fields';
import { lower } from '../nsp';
import type { Criteria } from '../rules/contract';
import type { LibraryFieldsDeps } from './library-fields';
import type { SavedPlaylist } from './playlist';

/** The question to the database that finds the tracks of a playlist without errors. */
export function selectionOf(criteria: Criteria, fields: Fields, now: Date) {
  const { limit, limitPercent, offset } = criteria;
  return {
    where: whereOf(lower(criteria.rules, fields).rule, { fields, now }),
    order: orderOf(criteria, fields),
    limit,
    limitPercent,
    offset,
  };
}

/** The tracks that a saved playlist has now, at most so many of them. */
export async function tracksOf(
  { id, criteria }: SavedPlaylist,
  { fields, reader, now, most }: Pick<LibraryFieldsDeps, 'reader'> & { fields: Fields; now: Date; most: number },
): Promise<Selected> {
  const selection = criteria ? selectionOf(criteria, fields, now) : staticSelection(id);
  return reader.read('playlists.select', { selection, most });
}

function staticSelection(id: number): { where: Sql; order: Sql } {
  const place = 'SELECT position FROM playlist_track WHERE playlist_id = ? AND track_id = t.id';
  return {
    where: { text: `EXISTS (${place})`, values: [id] },
    order: { text: `(${place} ORDER BY position LIMIT 1)`, values: [id] },
  };
}
