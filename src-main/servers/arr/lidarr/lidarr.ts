import type { ScheduledTask } from '../../../platform/scheduler';
import type { KindServices } from '../../connection-kinds';
import { createCatchUp } from './catch-up';
import { accept, createPostedChanges, createProcessEvent, createTagGuard, type EventOrigin } from './events';
import { lidarrHandlers } from './handlers';
import { createLidarrs, LIDARR } from './lidarr-client';
import { LidarrOptions } from './options';
import { readingOf } from './payloads';
import { createLidarrStore } from './store';
import { createWebhookInstallation } from './webhook-installation';

/** How often the warning of overwritten tags is renewed, which is about the last 24 hours. */
const WARN_EVERY_MS = 5 * 60_000;

/** Everything between Tonearm and the Lidarrs that are connected. */
export function createLidarr(services: KindServices) {
  const { connections, alarms: clock } = services;
  const store = createLidarrStore(services.db);
  const lidarrs = createLidarrs(connections);
  const guard = createTagGuard({ ...services, store, clock });
  const posted = createPostedChanges(clock);
  const retest = (connectionId: number) => connections.test(connectionId).catch(() => undefined);
  const reading = readingOf(services.readContained);
  const process = createProcessEvent({ ...services, store, guard, clock, originOf, retest, reading });
  const installation = createWebhookInstallation({ ...services, lidarrs, store });

  function originOf(connectionId: number): EventOrigin {
    const { options } = connections.getOfKind(connectionId, LIDARR.kind);
    const { quietS, writeTags } = LidarrOptions.parse(options);
    return { connectionId, quietMs: quietS * 1000, writeTags };
  }

  const warningTask: ScheduledTask = {
    name: 'lidarr.overwritten-tags',
    label: 'Renew the warning of overwritten tags',
    schedule: { everyMs: WARN_EVERY_MS },
    missed: 'skip',
    run: () => guard.warn(),
  };

  return {
    capabilities: {
      webhook: {
        accept: (connectionId: number, body: string) => accept({ posted, reading }, connectionId, body),
        process,
        connectionOfKey: store.connectionOfKey,
      },
      catchUp: createCatchUp({ ...services, store, lidarrs, posted, clock }),
    },
    handlers: lidarrHandlers({ ...services, store, lidarrs, installation }),
    tasks: [warningTask],
    stop: () => lidarrs.close(),
  };
}
