import type { Connection } from '../../src-main/servers/connections/contract';
import { api, useCall } from '../api';
import { useConnections } from '../connections';

export const useNavidrome = (id: number, isEnabled: boolean) =>
  useCall(api.navidrome.details, { id }, { refreshOn: ['connections.changed', 'libraries.changed'], isEnabled });

/** The servers that playlists can be put on. */
export function useNavidromes(): readonly Connection[] {
  const { data } = useConnections();
  return data?.filter(({ kind, isEnabled }) => kind === 'navidrome' && isEnabled) ?? [];
}

/** The playlists that can be put on a server. */
export const usePlaylists = () => useCall(api.playlists.list, {}, { refreshOn: 'playlists.changed' });

/** The playlists that were put on a server. */
export const usePublications = (id: number) =>
  useCall(api.publishing.ofConnection, { id }, { refreshOn: 'connections.changed' });

/** The servers that a playlist is on. */
export const usePublicationsOf = (id: number) =>
  useCall(api.publishing.ofPlaylist, { id }, { refreshOn: 'connections.changed', isEnabled: id > 0 });
