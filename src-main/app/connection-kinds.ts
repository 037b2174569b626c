import { lidarrKind } from '../servers/arr/lidarr';
import { navidromeKind } from '../servers/media-server/navidrome';

/** Every kind of server that can be connected, a line each. */
export const CONNECTION_KINDS = {
  navidrome: navidromeKind,
  lidarr: lidarrKind,
};
