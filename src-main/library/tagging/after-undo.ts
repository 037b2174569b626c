import type { AnalysisRepository } from '../../analysis/inference';
import type { JournalEntry, SafeFiles } from '../../files/safe-files';
import { countNomarrKeys, keyInName, NOMARR_NAMESPACE, PROVENANCE_KEY, type readTags } from '../../files/tag-formats';
import type { EventBus } from '../../platform/events';
import { getStamp } from '../../platform/file-stamp';
import type { SettingsStore } from '../../platform/settings';
import type { TrackRepository } from '../tracks';
import type { TracksEvents } from '../tracks/contract';
import type { TaggingSettings } from './contract';
import type { TagStates } from './write';

export interface AfterUndoDeps {
  readonly tracks: Pick<TrackRepository, 'find' | 'markTagged' | 'markUntagged' | 'setNomarrTags'>;
  readonly analyses: Pick<AnalysisRepository, 'carryOver'>;
  readonly files: Pick<SafeFiles, 'list'>;
  readonly readTags: typeof readTags;
  readonly tagStates: Pick<TagStates, 'forget'>;
  readonly settings: Pick<SettingsStore<TaggingSettings>, 'current'>;
  readonly events: Pick<EventBus<TracksEvents>, 'emit'>;
}

/**
 * Brings a track up to date after a write to its file was undone: its analysis is still of this audio; our tags are
 * gone, or those of the write before are there again.
 */
export function createAfterUndo(deps: AfterUndoDeps) {
  const { tracks, analyses, settings, events } = deps;

  /** What the undone write found in the file. */
  function provenanceIn({ changes }: JournalEntry): string {
    const { namespace } = settings.current;
    return changes.find(({ field }) => keyInName(field, namespace) === PROVENANCE_KEY)?.old[0] ?? '';
  }

  return async function afterUndo(entry: JournalEntry): Promise<void> {
    const { id, path, after } = entry;
    const track = entry.trackId ? tracks.find(entry.trackId) : undefined;
    if (!track) return;
    const now = await getStamp(path);
    if (after) analyses.carryOver(track.id, after, now);
    const found = await deps.readTags(path, NOMARR_NAMESPACE);
    tracks.setNomarrTags(track.id, countNomarrKeys(Object.keys(found)));
    const before = deps.files.list({ path }).find((other) => other.id < id && other.state === 'written');
    if (before) tracks.markTagged(track.id, { at: before.createdAt, provenance: provenanceIn(entry), ...now });
    else tracks.markUntagged(track.id, now);
    deps.tagStates.forget(track.id);
    events.emit('tracks.changed', { ids: [track.id] });
  };
}
