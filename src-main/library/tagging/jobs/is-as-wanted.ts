import type { AnalysisRepository } from '../../../analysis/inference';
import type { JobTarget } from '../../../jobs/queue';
import { findStamp, isSameStamp } from '../../../platform/file-stamp';
import type { SettingsStore } from '../../../platform/settings';
import type { WriteMode } from '../../libraries/contract';
import type { TrackRepository } from '../../tracks';
import type { TaggingSettings } from '../contract';
import { type TagStates, writeFingerprint } from '../write';

export interface IsAsWantedDeps {
  readonly tracks: Pick<TrackRepository, 'find'>;
  readonly analyses: Pick<AnalysisRepository, 'find'>;
  readonly tagStates: Pick<TagStates, 'isOf'>;
  readonly writeModeOf: (libraryId: number) => WriteMode;
  /** The analysis version that would be made now. */
  readonly version: () => string;
  readonly settings: Pick<SettingsStore<TaggingSettings>, 'current'>;
}

/**
 * Whether a job for a file would find nothing to do, as far as is known without opening it: it was analyzed as it would
 * be now, has not changed since, and holds the tags of that where they are wanted.
 */
export function createIsAsWanted({ tracks, analyses, tagStates, settings, ...deps }: IsAsWantedDeps) {
  function isWritten(trackId: number, libraryId: number, analysisVersion: string): boolean {
    const mode = deps.writeModeOf(libraryId);
    return tagStates.isOf(trackId, { mode, analysisVersion, manner: writeFingerprint(mode, settings.current) });
  }

  return async function isAsWanted({ trackId, path }: JobTarget, writeTags: boolean): Promise<boolean> {
    const track = trackId ? tracks.find(trackId) : undefined;
    if (!track || track.missingSince !== null || track.analyzedAt === null) return false;
    const analysis = analyses.find(track.id, deps.version());
    const file = analysis && (await findStamp(path));
    if (!file || !isSameStamp(analysis, file)) return false;
    return !writeTags || isWritten(track.id, track.libraryId, analysis.version);
  };
}
export type IsAsWanted = ReturnType<typeof createIsAsWanted>;
