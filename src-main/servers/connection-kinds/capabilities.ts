import type { Rescanner } from '../media-server/rescans';
import type { PlaylistServers } from '../publishing';
import type { CatchUpSource, WebhookSource } from '../webhooks-in';

/**
 * What can be done with the servers of a kind, besides testing them, which every kind can. The domain that uses a
 * capability owns its type; a new one gets a line here.
 */
export interface Capabilities {
  /** Playlists are put on them. */
  readonly publish?: PlaylistServers;
  /** They read files again in which tags were written. */
  readonly rescan?: Rescanner;
  /** They post events. */
  readonly webhook?: WebhookSource;
  /** What they did without posting it is found out. */
  readonly catchUp?: CatchUpSource;
}
