import type { EventStatus } from '../../src-main/servers/webhooks-in/contract';
import { api, useCall } from '../api';

export const useLidarr = (id: number) =>
  useCall(api.lidarr.state, { id }, { refreshOn: ['inbound.changed', 'connections.changed'] });

export const useMappings = (connectionId: number) =>
  useCall(api.pathMappings.list, { connectionId }, { refreshOn: 'mappings.changed' });

/** The recent events of a server; all of it, or what became of it in one way. */
export const useInbound = (connectionId: number, status?: EventStatus) =>
  useCall(
    api.inbound.list,
    { connectionId, limit: 25, status },
    { refreshOn: ['inbound.changed', 'mappings.changed'] },
  );

/** Asked for only when somebody wants to see it: Lidarr has to look for it. */
export const useProposals = (id: number, isEnabled: boolean) => useCall(api.lidarr.proposals, { id }, { isEnabled });

export const useScript = (id: number, shell: 'sh' | 'powershell', isEnabled: boolean) =>
  useCall(api.lidarr.script, { id, shell }, { isEnabled, refreshOn: 'connections.changed' });
