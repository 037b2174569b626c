import { join } from 'node:path';
import type { EventEnd } from '../../../webhooks-in';
import type { LidarrAlbum, LidarrArtist, LidarrEvent } from '../payloads';
import { counted, type EventDeps, type EventOrigin, endOf, mapAll, trackAt } from './event-context';

/** Lidarr posts before it deletes: whether files are gone is checked on disk after this. */
const CHECK_AFTER_MS = 60_000;

interface Deletion {
  readonly trackIds: readonly number[];
  readonly hasDeletedFiles: boolean;
  readonly stage: number;
  /** Removes the links between these tracks and Lidarr. */
  unlink(): void;
}

/** Cancels the waiting jobs of tracks, and marks them missing once their files are really gone. */
async function removeTracks(
  deps: EventDeps,
  { trackIds, hasDeletedFiles, stage, unlink }: Deletion,
): Promise<EventEnd> {
  if (stage === 0) {
    const paths = trackIds.flatMap((id) => deps.tracks.find(id)?.absolutePath ?? []);
    const cancelled = paths.reduce((sum, path) => sum + deps.queue.cancelInside('tag', path), 0);
    const message = `${counted(cancelled, 'waiting job')} cancelled.`;
    if (hasDeletedFiles) return { status: 'waiting', notBefore: deps.clock.now() + CHECK_AFTER_MS, stage: 1, message };
    unlink();
    return { status: 'done', message: `${message} The files stay, and so do their tracks.` };
  }
  const gone = await deps.files.markGone(trackIds);
  unlink();
  const left = trackIds.length - gone.length;
  const rest = left > 0 ? ` ${counted(left, 'file')} ${left === 1 ? 'is' : 'are'} still there.` : '';
  return { status: 'done', message: `${counted(gone.length, 'track')} marked missing.${rest}` };
}

type AlbumDeleted = Extract<LidarrEvent, { type: 'album-deleted' }>;
type ArtistDeleted = Extract<LidarrEvent, { type: 'artist-deleted' }>;
type FileDeleted = Extract<LidarrEvent, { type: 'file-deleted' }>;

export async function albumDeleted(
  deps: EventDeps,
  origin: EventOrigin,
  event: AlbumDeleted,
  stage: number,
): Promise<EventEnd> {
  const { connectionId } = origin;
  const linked = deps.store.listTracksOfAlbum(connectionId, event.album);
  const inFolder = linked.length > 0 || !event.artist ? [] : await inArtistFolder(deps, origin, event.artist);
  const trackIds = linked.length > 0 ? linked : inFolder.filter((id) => isOfAlbum(deps, id, event.album));
  const unlink = () => deps.store.unlinkAlbum(connectionId, event.album);
  if (trackIds.length === 0) return { status: 'done', message: 'No track of this album is known here.' };
  return removeTracks(deps, { trackIds, hasDeletedFiles: event.hasDeletedFiles, stage, unlink });
}

export async function artistDeleted(
  deps: EventDeps,
  origin: EventOrigin,
  event: ArtistDeleted,
  stage: number,
): Promise<EventEnd> {
  const { artist, hasDeletedFiles } = event;
  const { mapped, missing } = await mapAll(deps, origin.connectionId, artist.path ? [artist.path] : [], {
    pathOf: (path) => path,
    artist,
  });
  if (mapped.length === 0) return endOf(missing, 'The event does not name the folder of the artist.');
  const [{ at }] = mapped;
  // A folder that is a whole library is hardly one artist's.
  if (at.inside === '') return { status: 'ignored', message: `${at.path} is a whole library, not an artist's folder.` };
  const trackIds = deps.tracks.listIdsInside(at.libraryId, at.inside);
  if (stage === 0) deps.queue.cancelInside('tag', at.path);
  const unlink = () => deps.store.unlinkArtist(origin.connectionId, artist);
  return removeTracks(deps, { trackIds, hasDeletedFiles, stage, unlink });
}

/** A single file; only the history reports it, and only afterwards. */
export async function fileDeleted(deps: EventDeps, origin: EventOrigin, event: FileDeleted): Promise<EventEnd> {
  const { mapped, missing } = await mapAll(deps, origin.connectionId, [event.path], {
    pathOf: (path) => path,
    artist: null,
  });
  if (mapped.length === 0) return endOf(missing, '');
  const [{ at }] = mapped;
  const track = trackAt(deps, at);
  if (!track) return { status: 'done', message: 'The file was not known here.' };
  if (at.exists) return { status: 'ignored', message: 'The file is still there.' };
  deps.queue.cancelInside('tag', at.path);
  const gone = await deps.files.markGone([track.id]);
  return {
    status: 'done',
    message: gone.length > 0 ? 'The track is marked missing.' : 'The track was missing already.',
  };
}

async function inArtistFolder(deps: EventDeps, { connectionId }: EventOrigin, artist: LidarrArtist): Promise<number[]> {
  if (!artist.path) return [];
  const { mapped } = await mapAll(deps, connectionId, [join(artist.path)], { pathOf: (path) => path, artist });
  return mapped.flatMap(({ at }) => (at.inside === '' ? [] : deps.tracks.listIdsInside(at.libraryId, at.inside)));
}

function isOfAlbum({ tracks }: EventDeps, trackId: number, { title }: LidarrAlbum): boolean {
  const album = tracks.find(trackId)?.album ?? '';
  return title !== '' && album.localeCompare(title, undefined, { sensitivity: 'base' }) === 0;
}
