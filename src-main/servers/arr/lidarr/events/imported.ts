import { posix } from 'node:path';
import type { JobSource, JobTarget } from '../../../../jobs/queue';
import { findKnownStamp, stabilityOption } from '../../../../library/tagging';
import type { StoredTrack } from '../../../../library/tracks';
import { AppError } from '../../../../rpc';
import type { EventEnd } from '../../../webhooks-in';
import type { LidarrEvent, LidarrFile } from '../payloads';
import {
  counted,
  type EventDeps,
  type EventOrigin,
  endOf,
  type Mapped,
  mapAll,
  placeOf,
  trackAt,
} from './event-context';

type Imported = Extract<LidarrEvent, { type: 'imported' }>;
type MappedFile = { readonly of: LidarrFile; readonly at: Mapped };

/** What Lidarr has just brought goes before scripts and scans, and after people. */
const LIDARR_SOURCE: JobSource = { name: 'lidarr', priority: 150 };

/** Events of an album that come within this time make one batch of jobs. */
const ALBUM_WINDOW_MS = 5 * 60_000;

/**
 * New files: each gets its row at once, takes the place of the one it replaced, and is analyzed when it has not changed
 * for a while.
 */
export function createImported(deps: EventDeps) {
  const { files, store, queue, clock } = deps;

  /** Rows of the new files, in their order; a replaced file's row becomes that of the new one. */
  async function addTracks(
    added: readonly MappedFile[],
    deleted: readonly MappedFile[],
  ): Promise<(StoredTrack | undefined)[]> {
    const replaced = pairUp(added, deleted);
    const rows: (StoredTrack | undefined)[] = [];
    for (const { at } of added) {
      const old = replaced.get(at);
      rows.push(await (old ? files.replace(placeOf(old), placeOf(at)) : files.read(placeOf(at))));
    }
    const taken = new Set(replaced.values());
    const left = deleted.filter(({ at }) => !taken.has(at));
    const gone = left.flatMap(({ at }) => trackAt(deps, at)?.id ?? []);
    // A library that cannot be reached now is checked by the next scan.
    await files.markGone(gone).catch((thrown) => {
      if (!(thrown instanceof AppError)) throw thrown;
    });
    return rows;
  }

  async function enqueue(origin: EventOrigin, event: Imported, targets: readonly JobTarget[]): Promise<void> {
    const { album, artist } = event;
    const by = `lidarr ${origin.connectionId} ${album?.id ?? album?.title ?? ''} ${artist?.path ?? ''}`;
    await queue.enqueue({
      kind: 'tag',
      title: nameOf(event) || `${counted(targets.length, 'file')} from Lidarr`,
      source: LIDARR_SOURCE,
      targets,
      writeTags: origin.writeTags,
      notBefore: clock.now() + origin.quietMs,
      batch: { by, withinMs: ALBUM_WINDOW_MS, title: nameOf(event) || 'Files from Lidarr' },
    });
  }

  return async function imported(origin: EventOrigin, event: Imported): Promise<EventEnd> {
    const { connectionId, quietMs } = origin;
    const how = { pathOf: ({ path }: LidarrFile) => path, artist: event.artist };
    const added = await mapAll(deps, connectionId, event.files, how);
    const deleted = await mapAll(deps, connectionId, event.deleted, how);
    const rows = await addTracks(added.mapped, deleted.mapped);
    const targets: JobTarget[] = [];
    for (const [index, { of, at }] of added.mapped.entries()) {
      const track = rows[index];
      if (track && of.id > 0) store.setFile(connectionId, of.id, track.id, event);
      const options = stabilityOption({ quietMs, seen: await findKnownStamp(at.path) });
      const known = { trackId: track?.id ?? null, audioMs: track?.durationMs ?? null };
      targets.push({ path: at.path, libraryId: at.libraryId, ...known, options });
    }
    for (const { of } of deleted.mapped) store.dropFile(connectionId, of.id);
    if (targets.length > 0) await enqueue(origin, event, targets);
    if (event.downloadId) store.endIncoming(connectionId, event.downloadId);
    const replacing = event.deleted.length > 0 ? `, ${event.deleted.length} replaced` : '';
    return endOf(added.missing, `${counted(targets.length, 'file')} to analyze${replacing}.`);
  };
}

/**
 * Which new file took the place of which old one: of the same name but for the extension, or with the same number at
 * its beginning, or where one file was replaced by one.
 */
function pairUp(added: readonly MappedFile[], deleted: readonly MappedFile[]): Map<Mapped, Mapped> {
  const pairs = new Map<Mapped, Mapped>();
  const free = new Set(deleted.map(({ at }) => at));
  const take = (keyOf: (at: Mapped) => string | null) => {
    const alike = Map.groupBy(free, keyOf);
    for (const { at } of added) {
      const key = pairs.has(at) ? null : keyOf(at);
      const [old, ...others] = (key !== null && alike.get(key)) || [];
      if (!old || others.length > 0 || !free.delete(old)) continue;
      pairs.set(at, old);
    }
  };
  take(stem);
  take(numberOf);
  if (added.length === 1 && deleted.length === 1) take(() => 'the only one');
  return pairs;
}

const stem = ({ libraryId, inside }: Mapped) =>
  `${libraryId} ${inside.slice(0, inside.length - posix.extname(inside).length)}`;
const numberOf = ({ inside }: Mapped) => /^(\d+(?:-\d+)?)/.exec(posix.basename(inside))?.[1] ?? null;

const nameOf = ({ artist, album }: Imported): string => [artist?.name, album?.title].filter(Boolean).join(' – ');
