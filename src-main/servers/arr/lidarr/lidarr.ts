import type { KindServices } from '../../connection-kinds';
import { createCatchUp } from './catch-up';
import { accept, createPostedChanges, createProcessEvent, createTagGuard, type EventOrigin } from './events';
import { lidarrHandlers } from './handlers';
import { createLidarrs, LIDARR } from './lidarr-client';
import { LidarrOptions } from './options';
import { createLidarrStore } from './store';
import { createWebhookInstallation } from './webhook-installation';

/** Renews the warning of overwritten tags, which is about the last 24 hours. */
const WARN_EVERY_MS = 5 * 60_000;

/** Everything between Tonearm and the Lidarrs that are connected. */
export function createLidarr(services: KindServices) {
  const { connections, alarms: clock } = services;
  const store = createLidarrStore(services.db);
  const lidarrs = createLidarrs(connections);
  const guard = createTagGuard({ ...services, store, clock });
  const posted = createPostedChanges(clock);
  const retest = (connectionId: number) => connections.test(connectionId).catch(() => undefined);
  const process = createProcessEvent({ ...services, store, guard, clock, originOf, retest });
  const installation = createWebhookInstallation({ ...services, lidarrs, store });
  let unsetAlarm = () => {};

  function originOf(connectionId: number): EventOrigin {
    const { options } = connections.getOfKind(connectionId, LIDARR.kind);
    const { quietS, writeTags } = LidarrOptions.parse(options);
    return { connectionId, quietMs: quietS * 1000, writeTags };
  }

  function renewWarning(): void {
    guard.warn();
    unsetAlarm = clock.after(WARN_EVERY_MS, renewWarning);
  }

  return {
    capabilities: {
      webhook: { accept: (connectionId: number, body: string) => accept(posted, connectionId, body), process },
      catchUp: createCatchUp({ ...services, store, lidarrs, posted, clock }),
    },
    handlers: lidarrHandlers({ ...services, store, lidarrs, installation }),
    start: renewWarning,
    stop(): void {
      unsetAlarm();
      lidarrs.close();
    },
  };
}
