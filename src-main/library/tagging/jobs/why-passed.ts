import type { AnalysisRepository } from '../../../analysis/inference';
import type { JobTarget } from '../../../jobs/queue';
import { findStamp, isSameStamp } from '../../../platform/file-stamp';
import type { SettingsStore } from '../../../platform/settings';
import type { WriteMode } from '../../libraries/contract';
import type { TrackRepository } from '../../tracks';
import type { TaggingSettings } from '../contract';
import { type TagStates, writeFingerprint } from '../write';

export interface WhyPassedDeps {
  readonly tracks: Pick<TrackRepository, 'find'>;
  readonly analyses: Pick<AnalysisRepository, 'find'>;
  readonly tagStates: Pick<TagStates, 'isOf'>;
  /** Tracks that would fail again, by id, each with the reason. */
  readonly knownFailures: (libraryId: number) => ReadonlyMap<number, string>;
  readonly writeModeOf: (libraryId: number) => WriteMode;
  /** The analysis version that would be made now. */
  readonly version: () => string;
  readonly settings: Pick<SettingsStore<TaggingSettings>, 'current'>;
}

/** Why a file needs no job. */
export type PassedReason = 'up_to_date' | 'too_short';

/**
 * Why a job for a file would find nothing to do, as far as is known without opening it; null where it has something. It
 * was analyzed as it would be now, has not changed since, and holds the tags of that where they are wanted; or it is too
 * short for what the settings say.
 */
export function createWhyPassed({ tracks, analyses, tagStates, settings, ...deps }: WhyPassedDeps) {
  function isWritten(trackId: number, libraryId: number, analysisVersion: string): boolean {
    const mode = deps.writeModeOf(libraryId);
    if (mode === 'none') return true;
    return tagStates.isOf(trackId, { mode, analysisVersion, manner: writeFingerprint(mode, settings.current) });
  }

  function isTooShort(trackId: number, libraryId: number): boolean {
    return deps.knownFailures(libraryId).get(trackId) === 'too_short';
  }

  return async function whyPassed({ trackId, path }: JobTarget, writeTags: boolean): Promise<PassedReason | null> {
    const track = trackId ? tracks.find(trackId) : undefined;
    if (!track || track.missingSince !== null) return null;
    if (track.analyzedAt === null) return isTooShort(track.id, track.libraryId) ? 'too_short' : null;
    const analysis = analyses.find(track.id, deps.version());
    const file = analysis && (await findStamp(path));
    if (!file || !isSameStamp(analysis, file)) return null;
    return !writeTags || isWritten(track.id, track.libraryId, analysis.version) ? 'up_to_date' : null;
  };
}
export type WhyPassed = ReturnType<typeof createWhyPassed>;
