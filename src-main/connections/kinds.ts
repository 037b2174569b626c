import type { KindName } from './contract';
import type { ConnectionKind } from './kind';
import { lidarrKind } from './lidarr/lidarr-kind';
import { navidromeKind } from './navidrome/navidrome-kind';

/** Every kind of server that can be connected. */
export const CONNECTION_KINDS: Readonly<Record<KindName, ConnectionKind>> = {
  navidrome: navidromeKind,
  lidarr: lidarrKind,
};
