import type { QueueEvents } from '../../../jobs/queue/contract';
import type { TaggingEvents } from '../../../library/tagging/contract';
import type { AlarmClock, Clock } from '../../../platform/clock';
import type { EventBus } from '../../../platform/events';
import { AppError } from '../../../rpc';
import { type Connections, isTemporary } from '../../connections';
import type { ConnectionsEvents } from '../../connections/contract';
import type { Rescan } from './contract';
import { collectWrittenFolders, MAX_FOLDERS } from './written-folders';

/** How a kind of media server is made to read files again. */
export interface Rescanner {
  /** Whether a connection with these options wants it. */
  isWanted(options: Readonly<Record<string, unknown>>): boolean;
  /**
   * Starts a scan; undefined while the server scans already.
   *
   * @param folders absolute paths here; none: too many to name, so of everything
   * @returns what the person should know although it went well
   */
  start(connectionId: number, folders: readonly string[]): Promise<{ message: string | null } | undefined>;
  isScanning(connectionId: number): Promise<boolean>;
}

export interface RescansDeps {
  readonly events: EventBus<QueueEvents & TaggingEvents & ConnectionsEvents>;
  readonly clock: Clock;
  readonly alarms: AlarmClock;
  readonly connections: Pick<Connections, 'list'>;
  readonly rescannerOf: (kind: string) => Rescanner | undefined;
  readonly report: (thrown: unknown) => void;
}

const POLL_MS = 2000;
const BUSY_MS = 30_000;
const AGAIN_MS = 10 * 60_000;

const NONE: Rescan = { state: 'none', at: null, folders: 0, message: null };

/**
 * Has every connected media server scan the folders in which we wrote tags, with one call each, and never while it is
 * scanning already.
 */
export function createRescans({ events, clock, alarms, connections, rescannerOf, report }: RescansDeps) {
  const waiting = new Map<number, Set<string>>();
  const running = new Set<number>();
  const last = new Map<number, Rescan>();
  const pauses = createPauses(alarms);
  const written = collectWrittenFolders(events, alarms, rescanAll);
  let isStopped = false;

  function rescanAll(folders: readonly string[]): void {
    for (const { id, kind, isEnabled, options } of connections.list()) {
      const rescanner = rescannerOf(kind);
      if (!rescanner || !isEnabled || !rescanner.isWanted(options)) continue;
      waiting.set(id, new Set([...(waiting.get(id) ?? []), ...folders]));
      begin(id, rescanner);
    }
  }

  function begin(id: number, rescanner: Rescanner): void {
    if (running.has(id) || isStopped) return;
    running.add(id);
    run(id, rescanner)
      .catch((thrown) => noteFailure(id, rescanner, thrown))
      .finally(() => running.delete(id));
  }

  /** Scans until no folder is waiting. */
  async function run(id: number, rescanner: Rescanner): Promise<void> {
    while ((waiting.get(id)?.size ?? 0) > 0 && !isStopped) {
      const folders = [...waiting.get(id)!];
      const at = clock().toISOString();
      last.set(id, { state: 'waiting', at, folders: folders.length, message: null });
      const started = await rescanner.start(id, folders.length > MAX_FOLDERS ? [] : folders);
      if (!started) {
        await pauses.pause(BUSY_MS);
        continue;
      }
      for (const folder of folders) waiting.get(id)?.delete(folder);
      last.set(id, { state: 'scanning', at, folders: folders.length, message: started.message });
      while (!isStopped && (await rescanner.isScanning(id))) await pauses.pause(POLL_MS);
      last.set(id, { state: 'done', at, folders: folders.length, message: started.message });
      events.emit('connections.changed', { ids: [id] });
    }
  }

  function noteFailure(id: number, rescanner: Rescanner, thrown: unknown): void {
    const message = thrown instanceof AppError ? thrown.message : 'Something went wrong inside Tonearm.';
    const at = clock().toISOString();
    last.set(id, { state: 'failed', at, folders: waiting.get(id)?.size ?? 0, message });
    events.emit('connections.changed', { ids: [id] });
    if (!(thrown instanceof AppError)) report(thrown);
    if (!isTemporary(thrown)) return void waiting.delete(id);
    pauses.pause(AGAIN_MS).then(() => begin(id, rescanner), report);
  }

  return {
    lastOf: (id: number): Rescan => last.get(id) ?? NONE,
    /** Forgets the folders that are waiting: servers find them by their own scans. */
    stop(): void {
      isStopped = true;
      written.stop();
      pauses.end();
    },
  };
}
export type Rescans = ReturnType<typeof createRescans>;

/** Pauses that can all be ended early. */
function createPauses(alarms: AlarmClock) {
  const open = new Set<() => void>();
  return {
    pause: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const done = () => {
          open.delete(done);
          unset();
          resolve();
        };
        const unset = alarms.after(ms, done);
        open.add(done);
      }),
    end(): void {
      for (const done of [...open]) done();
    },
  };
}
