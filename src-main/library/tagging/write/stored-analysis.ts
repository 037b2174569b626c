import type { AnalysisRepository, StoredAnalysis } from '../../../analysis/inference';
import { isSameStamp, type KnownStamp } from '../../../platform/file-stamp';
import type { StoredTrack } from '../../tracks';

export interface StoredAnalysisDeps {
  readonly analyses: Pick<AnalysisRepository, 'carryOver'>;
  /** SHA-256 of a file's audio without its tags. */
  readonly payloadHash: (path: string) => Promise<string>;
}

/**
 * Whether a stored analysis is of the file as it is now. A file whose tags alone were changed, by whomever, holds the
 * same audio: that is found out once and remembered.
 */
export function createIsAnalysisCurrent({ analyses, payloadHash }: StoredAnalysisDeps) {
  return async function isAnalysisCurrent(
    analysis: StoredAnalysis,
    { track, path, file }: { track: StoredTrack; path: string; file: KnownStamp },
  ): Promise<boolean> {
    if (isSameStamp(analysis, file)) return true;
    if (track.payloadHash === null || (await hashOf(payloadHash, path)) !== track.payloadHash) return false;
    analyses.carryOver(track.id, analysis, file);
    return true;
  };
}
export type IsAnalysisCurrent = ReturnType<typeof createIsAnalysisCurrent>;

/** Null for a container whose tags are not understood: then size and time alone tell a change. */
export function hashOf(payloadHash: (path: string) => Promise<string>, path: string): Promise<string | null> {
  return payloadHash(path).catch(() => null);
}
