import type { ClockEvents } from '../../platform/clock/contract';
import type { EventBus } from '../../platform/events';
import type { ScheduledTask } from '../../platform/scheduler';
import { AppError } from '../../rpc';
import type { Connections } from '../connections';
import type { ConnectionsEvents } from '../connections/contract';
import type { CatchUpSource } from './webhook-source';

export interface CatchUpsDeps {
  readonly events: Pick<EventBus<ConnectionsEvents & ClockEvents>, 'on'>;
  readonly connections: Pick<Connections, 'get' | 'list'>;
  readonly sourceOf: (kind: string) => CatchUpSource | undefined;
  readonly report: (thrown: unknown) => void;
}

const EVERY_MS = 5 * 60_000;
/** Failures that the next run may not meet; the connection's state shows them. */
const PASSING = ['provider_failed', 'conflict', 'cancelled', 'not_found'];

/**
 * Reads what servers did without posting it, or while we were away: every five minutes, when the machine wakes up, and
 * as soon as a server is connected, so that nothing of it is missed from then on.
 */
export function createCatchUps({ events, connections, sourceOf, report }: CatchUpsDeps) {
  const running = new Map<number, Promise<{ events: number }>>();
  let disposables: (() => void)[] = [];

  /** One run at a time for each connection. */
  function run(id: number, source: CatchUpSource): Promise<{ events: number }> {
    const known = running.get(id);
    if (known) return known;
    const started = source.catchUp(id).finally(() => running.delete(id));
    running.set(id, started);
    return started;
  }

  async function runAll(isWanted: (source: CatchUpSource, id: number) => boolean = () => true): Promise<void> {
    const started: Promise<unknown>[] = [];
    for (const { id, kind, isEnabled } of connections.list()) {
      const source = sourceOf(kind);
      if (!source || !isEnabled || !isWanted(source, id)) continue;
      started.push(run(id, source).catch((thrown) => isPassing(thrown) || report(thrown)));
    }
    await Promise.all(started);
  }

  const task: ScheduledTask = {
    name: 'webhooks-in.catch-up',
    label: 'Read what connected servers did without posting it',
    schedule: { everyMs: EVERY_MS },
    missed: 'skip',
    run: () => runAll(),
  };

  return {
    task,
    /** Catches up with one server now. Throws `provider_failed` when it is away, `not_found` when it has no history. */
    async run(id: number): Promise<{ events: number }> {
      const { kind, name } = connections.get(id);
      const source = sourceOf(kind);
      if (!source) throw new AppError('not_found', `"${name}" is a server without a history.`);
      return run(id, source);
    },
    start(): void {
      disposables.push(
        events.on('system.resumed', () => void runAll()),
        events.on('connections.changed', ({ ids }) => {
          void runAll((source, id) => ids.includes(id) && !source.hasBegun(id));
        }),
      );
    },
    async stop(): Promise<void> {
      for (const dispose of disposables) dispose();
      disposables = [];
      await Promise.allSettled(running.values());
    },
  };
}

const isPassing = (thrown: unknown): boolean => thrown instanceof AppError && PASSING.includes(thrown.code);
