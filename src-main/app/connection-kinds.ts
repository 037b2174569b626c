import { lidarrKind } from '../servers/arr/lidarr';
import type { ConnectionKind } from '../servers/connections';
import type { KindName } from '../servers/connections/contract';
import { navidromeKind } from '../servers/media-server/navidrome';

/** Every kind of server that can be connected. */
export const CONNECTION_KINDS: Readonly<Record<KindName, ConnectionKind>> = {
  navidrome: navidromeKind,
  lidarr: lidarrKind,
};
