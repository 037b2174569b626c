import { dirname as posixDirname } from 'node:path/posix';
import { dirname as windowsDirname } from 'node:path/win32';
import type { Queue } from '../../../../jobs/queue';
import type { FileChanges, TrackPlace } from '../../../../library/libraries';
import type { StoredTrack, TrackRepository } from '../../../../library/tracks';
import type { AlarmClock } from '../../../../platform/clock';
import type { MappedPath, PathMappings } from '../../../path-mapping';
import type { EventEnd } from '../../../webhooks-in';
import type { LidarrArtist } from '../payloads';
import type { LidarrStore } from '../store';
import type { TagGuard } from './tag-guard';

/** What the handlers of events need of the rest of the application. */
export interface EventDeps {
  readonly mappings: Pick<PathMappings, 'find'>;
  readonly files: FileChanges;
  readonly tracks: Pick<TrackRepository, 'findByPath' | 'find' | 'listIdsInside'>;
  readonly queue: Pick<Queue, 'enqueue' | 'raiseNotBefore' | 'cancelInside'>;
  readonly store: LidarrStore;
  readonly guard: TagGuard;
  readonly clock: Pick<AlarmClock, 'now'>;
}

/** The connection that an event came over, as far as its handler depends on it. */
export interface EventOrigin {
  readonly connectionId: number;
  /** How long a file has to stay unchanged before it is analyzed, in milliseconds. */
  readonly quietMs: number;
  readonly writeTags: boolean;
}

export type Mapped = Extract<MappedPath, { kind: 'mapped' }>;

/** Where the files of an event are here, and which folders of the server are not mapped. */
export interface Mapping<T> {
  readonly mapped: readonly { readonly of: T; readonly at: Mapped }[];
  readonly missing: ReadonlyMap<string, string>;
}

/** Maps the paths of an event; the folder above the artist's is what a rule would be for. */
export async function mapAll<T>(
  { mappings }: Pick<EventDeps, 'mappings'>,
  connectionId: number,
  items: readonly T[],
  { pathOf, artist }: { pathOf: (item: T) => string; artist: LidarrArtist | null },
): Promise<Mapping<T>> {
  const hint = rootOf(artist);
  const mapped: { of: T; at: Mapped }[] = [];
  const missing = new Map<string, string>();
  for (const of of items) {
    const found = await mappings.find(connectionId, pathOf(of), hint);
    if (found.kind === 'mapped') mapped.push({ of, at: found });
    else missing.set(found.prefix, found.message);
  }
  return { mapped, missing };
}

const MAX_PREFIXES = 50;
const MAX_MESSAGES = 3;

/** What is known of an event whose paths lead nowhere yet, or else how it ended. */
export function endOf(missing: ReadonlyMap<string, string>, message: string): EventEnd {
  if (missing.size === 0) return { status: 'done', message };
  const messages = [...missing.values()];
  const more = messages.length > MAX_MESSAGES ? [`The same of ${messages.length - MAX_MESSAGES} more.`] : [];
  const text = [...messages.slice(0, MAX_MESSAGES), ...more].join(' ');
  return { status: 'unmapped', prefixes: [...missing.keys()].slice(0, MAX_PREFIXES), message: text };
}

/** The root folder of the server that an artist's folder lies in. */
function rootOf(artist: LidarrArtist | null): string | undefined {
  if (!artist?.path) return undefined;
  const isWindows = !artist.path.startsWith('/');
  return (isWindows ? windowsDirname : posixDirname)(artist.path.replace(/[\\/]+$/, ''));
}

export const placeOf = ({ libraryId, inside }: Mapped): TrackPlace => ({ libraryId, inside });

export function trackAt({ tracks }: Pick<EventDeps, 'tracks'>, at: Mapped): StoredTrack | undefined {
  return tracks.findByPath(at.libraryId, at.inside);
}

export const counted = (count: number, what: string): string => `${count} ${count === 1 ? what : `${what}s`}`;
