import type { AnalysisRepository } from '../../../analysis/inference';
import type { Job, JobContext, JobResult } from '../../../jobs/queue';
import { getStamp } from '../../../platform/file-stamp';
import { AppError } from '../../../rpc';
import type { StoredTrack, TrackRepository } from '../../tracks';
import type { IsAnalysisCurrent, WriteOptions, WriteResult, WriteTrack } from '../write';
import { loadAnalysis } from '../write';

export interface WriteAnalyzedDeps {
  readonly analyses: Pick<AnalysisRepository, 'findLatest' | 'listScores' | 'findDescriptors'>;
  readonly writeTrack: WriteTrack;
  readonly isAnalysisCurrent: IsAnalysisCurrent;
}

/**
 * Writes the stored analysis of a track into its file; with the digest of a plan, nothing but its changes. Throws `conflict` when there is none, `file_changed`
 * when its audio is another since, and what writing throws.
 */
export function createWriteAnalyzed({ analyses, writeTrack, isAnalysisCurrent }: WriteAnalyzedDeps) {
  return async function writeAnalyzed(track: StoredTrack, options: WriteOptions = {}): Promise<WriteResult> {
    const stored = analyses.findLatest(track.id);
    if (!stored) throw new AppError('conflict', `"${track.title}" was not analyzed yet, so there is nothing to write.`);
    const file = await getStamp(track.absolutePath);
    if (!(await isAnalysisCurrent(stored, { track, path: track.absolutePath, file }))) throw analyzedAnother(track);
    return writeTrack(track, loadAnalysis(analyses, stored), { ...options, file });
  };
}
export type WriteAnalyzed = ReturnType<typeof createWriteAnalyzed>;

/** Writes tags without another analysis, for files whose tags would be others now. */
export function createWriteJob(tracks: Pick<TrackRepository, 'find'>, writeAnalyzed: WriteAnalyzed) {
  return async function writeJob(job: Job, context: JobContext): Promise<JobResult> {
    const track = job.trackId === null ? undefined : tracks.find(job.trackId);
    if (!track || track.missingSince !== null) {
      return { outcome: 'skipped', reason: 'missing', message: 'The file is not there any more.' };
    }
    context.progress(0, 'writing');
    const facts = { audioMs: track.durationMs, trackId: track.id };
    const result = await writeAnalyzed(track, { jobId: job.id, planned: plannedOf(job) });
    if (result.done === 'left') return { ...facts, outcome: 'skipped', reason: result.reason, message: result.message };
    return { ...facts, outcome: result.done === 'written' ? 'tagged' : 'unchanged' };
  };
}

/** A job of a plan makes the changes of the plan or none. */
function plannedOf({ options: { planned } }: Job): string | undefined {
  return typeof planned === 'string' ? planned : undefined;
}

function analyzedAnother({ title }: StoredTrack): AppError {
  return new AppError(
    'file_changed',
    `"${title}" holds other audio than what was analyzed. Queue it to analyze it again.`,
  );
}
