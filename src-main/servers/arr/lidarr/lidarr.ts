import type { AlarmClock } from '../../../platform/clock';
import { wallClock } from '../../../platform/clock';
import type { Database } from '../../../platform/database';
import type { EventBus } from '../../../platform/events';
import type { Health } from '../../../platform/health';
import type { HandlersOf } from '../../../rpc';
import { AppError } from '../../../rpc';
import type { Connections } from '../../connections';
import type { Connection } from '../../connections/contract';
import type { LocalFile, MappedPath } from '../../path-mapping';
import { createInbound } from '../../webhooks-in';
import { createCatchUp, isPassing, type Told } from './catch-up';
import type { lidarrContract } from './contract';
import { type EffectDeps, type EventOrigin, trackAt } from './event-handlers';
import { LidarrOptions } from './lidarr-kind';
import { createLidarrStore } from './lidarr-store';
import { createProcessEvent } from './process-event';
import { proposeMappings } from './propose-mappings';
import { createReceive } from './receive';
import { scriptFor } from './script';
import { createTagGuard, type TagGuardDeps } from './tag-guard';
import { createWebhookInstallation, type WebhookInstallationDeps } from './webhook-installation';

export interface LidarrDeps
  extends Omit<EffectDeps, 'store' | 'guard' | 'clock'>,
    Omit<TagGuardDeps, 'store' | 'health' | 'clock'>,
    Omit<WebhookInstallationDeps, 'store' | 'connections'> {
  readonly db: Database;
  readonly events: EventBus;
  readonly health: Pick<Health, 'report'>;
  readonly connections: Connections;
  readonly filesOfSizes: (sizes: readonly number[]) => Promise<readonly LocalFile[]>;
  readonly report: (thrown: unknown) => void;
  readonly clock?: AlarmClock;
}

const CATCH_UP_MS = 5 * 60_000;

/** Everything between Tonearm and the Lidarrs that are connected: what they tell, and what they forgot to tell. */
export function createLidarr(deps: LidarrDeps) {
  const { db, events, connections, clock = wallClock, report } = deps;
  const store = createLidarrStore(db);
  const guard = createTagGuard({ ...deps, store, clock });
  const webhookInstallation = createWebhookInstallation({ ...deps, store });
  const process = createProcessEvent({
    ...{ ...deps, store, guard, clock, originOf },
    retest: (connectionId) => connections.test(connectionId).catch(() => undefined),
  });
  const inbound = createInbound({ ...deps, process, clock });
  const received = createReceive(inbound, clock);
  const catchUp = createCatchUp({ store, inbound, withClient: webhookInstallation.withClient, isKnown, clock });
  const running = new Map<number, Promise<{ events: number }>>();
  let disposables: (() => void)[] = [];
  let stopTimer = () => {};

  /** Throws `not_found` for what is not a Lidarr. */
  function get(id: number): Connection {
    const connection = connections.get(id);
    if (connection.kind !== 'lidarr') throw new AppError('not_found', `Connection ${id} is not a Lidarr.`);
    return connection;
  }

  function originOf(connectionId: number): EventOrigin {
    const { quietS, writeTags } = LidarrOptions.parse(get(connectionId).options);
    return { connectionId, quietMs: quietS * 1000, writeTags };
  }

  async function isKnown(connectionId: number, told: Told): Promise<boolean> {
    if (received.wasTold(connectionId, told)) return true;
    const found: MappedPath = await deps.mappings.find(connectionId, told.path).catch(() => NOWHERE);
    if (found.kind === 'unmapped') return false;
    const track = trackAt(deps, found);
    if (told.kind === 'deleted') return !track || track.missingSince !== null;
    const analyzedAt = track?.missingSince === null ? track.analyzedAt : null;
    return told.kind === 'imported' && analyzedAt !== null && analyzedAt >= told.date;
  }

  /** One at a time for each Lidarr. */
  function catchUpNow(id: number): Promise<{ events: number }> {
    const now = running.get(id) ?? catchUp(id).finally(() => running.delete(id));
    running.set(id, now);
    return now;
  }

  function catchUpAll(ids?: readonly number[]): void {
    for (const { id, kind, isEnabled } of connections.list()) {
      if (kind !== 'lidarr' || !isEnabled || (ids && !ids.includes(id))) continue;
      catchUpNow(id).catch((thrown) => isPassing(thrown) || report(thrown));
    }
  }

  function tick(): void {
    guard.warn();
    catchUpAll();
    stopTimer = clock.after(CATCH_UP_MS, tick);
  }

  const handlers: HandlersOf<typeof lidarrContract> = {
    webhook({ connectionId, body }) {
      const { isEnabled, name } = get(connectionId);
      if (!isEnabled) throw new AppError('conflict', `The connection "${name}" is switched off in Tonearm.`);
      return received.receive(connectionId, body);
    },
    async state({ id }) {
      get(id);
      const { webhookUrl, instanceName, verifiedAt, caughtUpAt, problems } = store.link(id);
      const urls = await webhookInstallation.urls(id);
      const lists = { problems: [...problems], incoming: store.listIncoming(id) };
      return { urls, installedUrl: webhookUrl, instanceName, verifiedAt, caughtUpAt, ...lists };
    },
    install: ({ id, url }) => webhookInstallation.install(get(id).id, url),
    uninstall: async ({ id }) => ({ removed: await webhookInstallation.uninstall(get(id).id) }),
    async disconnect({ id, removeWebhook }) {
      get(id);
      const failure = removeWebhook ? await webhookInstallation.uninstall(id).then(noMessage, messageOf) : null;
      connections.remove(id);
      return { removed: true, message: failure };
    },
    catchUp: ({ id }) => catchUpNow(get(id).id),
    proposals: ({ id }) =>
      webhookInstallation.withClient(get(id).id, (client) => proposeMappings(client, deps.filesOfSizes)),
    async script({ id, shell, url }) {
      const urls = await webhookInstallation.urls(get(id).id);
      const chosen =
        url ?? store.link(id).webhookUrl ?? urls.find(({ isRecommended }) => isRecommended)?.url ?? urls[0].url;
      return scriptFor(shell, { url: chosen, token: webhookInstallation.token(id) });
    },
  };

  return {
    handlers,
    inbound,
    start(): void {
      inbound.start();
      disposables.push(
        events.on('system.resumed', () => catchUpAll()),
        events.on('connections.changed', ({ ids }) => {
          // A new one has its history's end noted at once, so that nothing of it is missed from now on.
          catchUpAll(ids.filter((id) => store.link(id).historyDate === null));
        }),
      );
      tick();
    },
    async stop(): Promise<void> {
      for (const each of disposables) each();
      disposables = [];
      stopTimer();
      await Promise.allSettled(running.values());
      await inbound.stop();
    },
  };
}
export type Lidarr = ReturnType<typeof createLidarr>;

const NOWHERE: MappedPath = { kind: 'unmapped', prefix: '', message: '' };
const noMessage = () => null;
const messageOf = (thrown: unknown) =>
  thrown instanceof AppError
    ? `The webhook could not be removed from Lidarr: ${thrown.message}`
    : 'The webhook could not be removed from Lidarr.';
