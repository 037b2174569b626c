import { dirname } from 'node:path';
import type { AlarmClock, Clock } from '../../../platform/clock';
import type { EventBus, QueueStatus } from '../../../platform/events';
import { AppError } from '../../../rpc';
import type { Connections } from '../../connections';
import { failureReason } from '../../connections';
import type { Rescan } from './contract';
import type { Navidrome, Navidromes } from './navidrome';
import { type LocalPath, type PlacesDeps, sharedPlaces, toRemote } from './server-places';

export interface RescansDeps {
  readonly events: EventBus;
  readonly clock: Clock;
  readonly alarms: AlarmClock;
  readonly connections: Pick<Connections, 'list'>;
  readonly navidromes: Pick<Navidromes, 'use'>;
  readonly places: PlacesDeps;
  /** The library and the path inside it of an absolute path; undefined outside all libraries. */
  readonly localOf: (path: string) => Promise<LocalPath | undefined>;
  readonly report: (thrown: unknown) => void;
}

const QUIET_MS = 30_000;
const MAX_MS = 10 * 60_000;
const POLL_MS = 2000;
const BUSY_MS = 30_000;
const AGAIN_MS = 10 * 60_000;
/** More are not worth naming: Navidrome looks at everything. */
const MAX_FOLDERS = 50;

const NONE: Rescan = { state: 'none', at: null, folders: 0, message: null };

/**
 * Has Navidrome look at the folders in which we wrote tags: once the queue has been quiet for half a minute, or ten
 * minutes after the first write, with one call, and never while it scans already.
 */
export function createRescans(deps: RescansDeps) {
  const { events, clock, alarms, connections, navidromes, places, localOf, report } = deps;
  const touched = new Set<string>();
  const waiting = new Map<number, Set<string>>();
  const running = new Set<number>();
  const last = new Map<number, Rescan>();
  const calledOff = new Set<() => void>();
  let firstAt = 0;
  let lastAt = 0;
  let isBusy = false;
  let isStopped = false;
  let unsetAlarm = () => {};

  const endings = [events.on('file.written', ({ path }) => noteWritten(path)), events.on('queue.status', noteQueue)];

  function noteWritten(path: string): void {
    if (touched.size === 0) firstAt = alarms.now();
    lastAt = alarms.now();
    // One more than is named says as much as a hundred thousand.
    if (touched.size <= MAX_FOLDERS) touched.add(dirname(path));
    arm();
  }

  function noteQueue({ running: now, pending, paused, held_reason: held }: QueueStatus): void {
    const wasBusy = isBusy;
    isBusy = now > 0 || (pending > 0 && !paused && !held);
    if (wasBusy === isBusy) return;
    lastAt = alarms.now();
    arm();
  }

  function arm(): void {
    unsetAlarm();
    if (touched.size === 0 || isStopped) return;
    const due = isBusy ? firstAt + MAX_MS : Math.min(lastAt + QUIET_MS, firstAt + MAX_MS);
    unsetAlarm = alarms.after(Math.max(0, due - alarms.now()), flush);
  }

  function flush(): void {
    const folders = [...touched];
    touched.clear();
    for (const { id, kind, isEnabled, options } of connections.list()) {
      if (kind !== 'navidrome' || !isEnabled || options.rescanAfterTagging === false) continue;
      waiting.set(id, new Set([...(waiting.get(id) ?? []), ...folders]));
      begin(id);
    }
  }

  function begin(id: number): void {
    if (running.has(id) || isStopped) return;
    running.add(id);
    run(id)
      .catch((thrown) => noteFailure(id, thrown))
      .finally(() => running.delete(id));
  }

  /** Takes what waits until nothing does. */
  async function run(id: number): Promise<void> {
    while ((waiting.get(id)?.size ?? 0) > 0 && !isStopped) {
      const folders = [...waiting.get(id)!];
      const at = clock().toISOString();
      last.set(id, { state: 'waiting', at, folders: folders.length, message: null });
      const began = await navidromes.use(id, (navidrome) => startScan(navidrome, folders));
      if (!began) {
        await pause(BUSY_MS);
        continue;
      }
      for (const folder of folders) waiting.get(id)?.delete(folder);
      last.set(id, { state: 'scanning', at, folders: folders.length, message: began.message });
      while (!isStopped && (await navidromes.use(id, ({ subsonic }) => subsonic.getScanStatus())).scanning)
        await pause(POLL_MS);
      last.set(id, { state: 'done', at, folders: folders.length, message: began.message });
      events.emit('connections.changed', { ids: [id] });
    }
  }

  /** Undefined while Navidrome scans already. */
  async function startScan(navidrome: Navidrome, folders: readonly string[]) {
    if ((await navidrome.subsonic.getScanStatus()).scanning) return undefined;
    const local = folders.length > MAX_FOLDERS ? [] : await Promise.all(folders.map(localOf));
    const known = local.filter((path) => path !== undefined);
    const shared = known.length > 0 ? await sharedPlaces(navidrome, places) : [];
    const seen = known.flatMap((path) => toRemote(shared, path) ?? []);
    const isKept = places
      .libraries()
      .some(({ id, keepMtime }) => keepMtime && known.some((one) => one.libraryId === id));
    // Without newer times Navidrome passes over the files, unless it is told to read every one of these folders.
    await navidrome.subsonic.startScan(targetsOf(seen), isKept && seen.length > 0);
    return { message: messageOf(folders.length, seen.length, places) };
  }

  function noteFailure(id: number, thrown: unknown): void {
    const message = thrown instanceof AppError ? thrown.message : 'Something went wrong inside Tonearm.';
    const at = clock().toISOString();
    last.set(id, { state: 'failed', at, folders: waiting.get(id)?.size ?? 0, message });
    events.emit('connections.changed', { ids: [id] });
    if (!(thrown instanceof AppError)) report(thrown);
    const mayPass = ['unreachable', 'timeout', 'failed'].includes(failureReason(thrown) ?? '');
    if (!mayPass) return void waiting.delete(id);
    pause(AGAIN_MS).then(() => begin(id), report);
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        calledOff.delete(done);
        unset();
        resolve();
      };
      const unset = alarms.after(ms, done);
      calledOff.add(done);
    });
  }

  return {
    lastOf: (id: number): Rescan => last.get(id) ?? NONE,
    /** Forgets what waits: Navidrome finds it by its own scans. */
    stop(): void {
      isStopped = true;
      unsetAlarm();
      for (const end of endings) end();
      for (const done of [...calledOff]) done();
    },
  };
}

const targetsOf = (seen: readonly { remoteId: string; path: string }[]): string[] => [
  ...new Set(seen.map(({ remoteId, path }) => `${remoteId}:${path}`)),
];

function messageOf(folders: number, seen: number, places: PlacesDeps): string | null {
  if (folders > MAX_FOLDERS && places.libraries().some(({ keepMtime }) => keepMtime))
    return 'Too many folders to name. Where a library keeps the times of files, Navidrome needs a full scan to see the new tags.';
  return folders <= MAX_FOLDERS && seen === 0
    ? 'The folders are not known to Navidrome, so it looked at everything.'
    : null;
}
