import type { Connection } from '../../src-main/servers/connections/contract';
import { api, useCall } from '../api';

/** The servers that we talk to, asked for again whenever one is changed or has answered otherwise. */
export const useConnections = () => useCall(api.connections.list, {}, { refreshOn: 'connections.changed' });

/** The kinds of servers there are; they do not change while the application runs. */
export const useKinds = () => useCall(api.connections.kinds, {});

export const useNavidrome = (id: number, isEnabled: boolean) =>
  useCall(api.navidrome.details, { id }, { refreshOn: ['connections.changed', 'libraries.changed'], isEnabled });

/** The playlists that were put on a server. */
export const usePublications = (id: number) =>
  useCall(api.publishing.ofConnection, { id }, { refreshOn: 'connections.changed' });

/** The servers that playlists can be put on. */
export function useNavidromes(): readonly Connection[] {
  const { data } = useConnections();
  return data?.filter(({ kind, isEnabled }) => kind === 'navidrome' && isEnabled) ?? [];
}

/** The servers that a playlist is on. */
export const usePublicationsOf = (id: number) =>
  useCall(api.publishing.ofPlaylist, { id }, { refreshOn: 'connections.changed', isEnabled: id > 0 });
