import type { LidarrEvent } from './lidarr-event';
import { readWebhook } from './webhook-payload';

/** The history reports single deletions, for which there is no webhook; they are stored under a name of our own. */
export const FILE_DELETED = 'TrackFileDelete';

/** What an event says that was made of rows of the history; undefined when it is none. */
export function readHistory(json: unknown): LidarrEvent | undefined {
  const { eventType, path, reason } = json as { eventType?: unknown; path?: unknown; reason?: unknown };
  if (eventType === FILE_DELETED && typeof path === 'string') {
    return { type: 'file-deleted', path, reason: typeof reason === 'string' ? reason : '' };
  }
  return readWebhook(json);
}
