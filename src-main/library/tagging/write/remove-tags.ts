import type { AnalysisRepository } from '../../../analysis/inference';
import { isNomarrKey, type readTags } from '../../../files/tag-formats';
import type { EventBus } from '../../../platform/events';
import type { SettingsStore } from '../../../platform/settings';
import { AppError } from '../../../rpc';
import type { StoredTrack, TrackRepository } from '../../tracks';
import type { TracksEvents } from '../../tracks/contract';
import type { TaggingSettings } from '../contract';
import type { TagWriter } from './tag-plan';
import { type LibraryWriting, refuseOutside } from './write-track';

export interface RemoveTagsDeps {
  readonly tracks: Pick<TrackRepository, 'markUntagged' | 'setPayloadHash' | 'setNomarrTags'>;
  readonly analyses: Pick<AnalysisRepository, 'carryOver'>;
  readonly writer: Pick<TagWriter, 'plan' | 'write'>;
  readonly readTags: typeof readTags;
  readonly ensureTrack: (path: string) => Promise<StoredTrack>;
  readonly libraryOf: (track: StoredTrack) => LibraryWriting;
  readonly settings: Pick<SettingsStore<TaggingSettings>, 'current'>;
  readonly events: Pick<EventBus<TracksEvents>, 'emit'>;
}

/** What is taken out of a file: all keys of our namespace, or those that Nomarr wrote. */
export type Removal = 'all' | 'nomarr';

export interface Removed {
  readonly namespace: string;
  /** How many keys are gone. */
  readonly removed: number;
  /** By which it is put back: the number of the write in the journal. Null when there was nothing to remove. */
  readonly writeId: number | null;
}

/**
 * Takes tags out of one file by the safe way of every write, so that it can be undone. Its analysis stays known.
 * Throws as writes do, and `not_writable` for a file that is protected.
 */
export function createRemoveTags(deps: RemoveTagsDeps) {
  const { tracks, writer, settings } = deps;

  async function wantedIn(path: string, what: Removal, namespace: string): Promise<Record<string, readonly string[]>> {
    if (what === 'all') return {};
    const found = await deps.readTags(path, namespace);
    return Object.fromEntries(Object.entries(found).filter(([key]) => !isNomarrKey(key, Object.keys(found))));
  }

  return async function removeTags(path: string, what: Removal): Promise<Removed> {
    const track = await deps.ensureTrack(path);
    if (track.neverTouch) throw new AppError('not_writable', 'The file is protected from being written.');
    const { root_path: root, keepMtime, hardLinks } = deps.libraryOf(track);
    // Nomarr's namespace is always this one.
    const namespace = what === 'nomarr' ? 'nom' : settings.current.namespace;
    const plan = await writer.plan(path, { namespace, tags: await wantedIn(path, what, namespace) });
    refuseOutside(plan, root);
    const written = await writer.write(plan, { trackId: track.id, keepMtime, hardLinks });
    if (!written) return { namespace, removed: 0, writeId: null };
    deps.analyses.carryOver(track.id, plan.stamp, written.stamp);
    tracks.setPayloadHash(track.id, written.payloadHash);
    if (what === 'all') tracks.markUntagged(track.id, written.stamp);
    if (namespace === 'nom') tracks.setNomarrTags(track.id, 0);
    deps.events.emit('tracks.changed', { ids: [track.id] });
    return { namespace, removed: written.changes.length, writeId: written.id };
  };
}
export type RemoveTags = ReturnType<typeof createRemoveTags>;
