import { createHash } from 'node:crypto';
import type { LidarrEvent } from './lidarr-event';
import type { Variables } from './script-payload';

/** By which a repetition of an event is recognised; null for events of which each one counts. */
export function digestOf(connectionId: number, event: LidarrEvent): string | null {
  const parts = partsOf(event);
  if (!parts) return null;
  return createHash('sha256')
    .update(JSON.stringify([connectionId, event.type, parts]))
    .digest('hex');
}

function partsOf(event: LidarrEvent): unknown {
  const file = ({ id, path, sizeBytes }: { id: number; path: string; sizeBytes: number | null }) =>
    `${id}|${path},${sizeBytes}`;
  switch (event.type) {
    case 'imported':
      return [event.files.map(file).sort(), event.deleted.map(file).sort(), event.downloadId];
    case 'retagged':
      return file(event.file);
    case 'renamed':
      return event.files.map(({ id, from, to }) => `${id}|${from}>${to}`).sort();
    case 'grabbed':
      return event.downloadId;
    case 'album-deleted':
      return [event.album.id, event.album.mbid, event.hasDeletedFiles];
    case 'artist-deleted':
      return [event.artist.id, event.artist.path, event.hasDeletedFiles];
    default:
      return null;
  }
}

/** By which a repetition of what a script posted is recognised. */
export function digestOfVariables(connectionId: number, variables: Variables): string {
  const sorted = Object.entries(variables).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([connectionId, sorted]))
    .digest('hex');
}
