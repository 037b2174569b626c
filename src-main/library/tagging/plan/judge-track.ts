import type { AnalysisRepository } from '../../../analysis/inference';
import type { SafeFiles, TagChange } from '../../../files/safe-files';
import { getStamp } from '../../../platform/file-stamp';
import { toFailure } from '../../../rpc';
import type { StoredTrack, TrackRepository } from '../../tracks';
import {
  AUDIO,
  changesDigest,
  type IsAnalysisCurrent,
  leftBefore,
  leftWith,
  loadAnalysis,
  refuseOutside,
  type WriteTrackDeps,
  wantedFor,
} from '../write';

export interface JudgeTrackDeps extends Pick<WriteTrackDeps, 'libraryOf' | 'settings' | 'calibration' | 'writer'> {
  readonly tracks: Pick<TrackRepository, 'find'>;
  readonly analyses: Pick<AnalysisRepository, 'findLatest' | 'listScores' | 'findDescriptors'>;
  readonly isAnalysisCurrent: IsAnalysisCurrent;
  readonly files: Pick<SafeFiles, 'refuseUnwritable'>;
}

/** What a plan says of one file. */
export interface Verdict {
  readonly trackId: number;
  /** `write`, `unchanged`, or the code of what speaks against it. */
  readonly verdict: string;
  readonly message: string | null;
  readonly digest: string | null;
  readonly changes: number;
  readonly sizeBytes: number;
}
export interface Judged extends Verdict {
  readonly planned: { readonly trackId: number; readonly title: string; readonly changes: readonly TagChange[] } | null;
}

/** Finds out what a write would do to a track, by the same steps and refusals as the write, and writes nothing. */
export function createJudgeTrack(deps: JudgeTrackDeps) {
  const { tracks, analyses } = deps;

  async function judge(track: StoredTrack): Promise<Judged> {
    const against = (code: string, message: string): Judged => ({ ...nothing(track.id), verdict: code, message });
    if (track.missingSince !== null) return against('missing', 'The file is not there any more.');
    const left = leftBefore(track);
    if (left) return against(left.reason, left.message);
    const stored = analyses.findLatest(track.id);
    if (!stored) return against('not_analyzed', 'The track was not analyzed yet, so there is nothing to write.');
    const path = track.absolutePath;
    const file = await getStamp(path);
    if (!(await deps.isAnalysisCurrent(stored, { track, path, file })))
      return against('file_changed', 'The file holds other audio than what was analyzed. It has to be analyzed again.');
    const library = deps.libraryOf(track);
    const plan = await deps.writer.plan(path, wantedFor(track, loadAnalysis(analyses, stored), deps));
    refuseOutside(plan, library.root_path);
    if (plan.changes.length === 0) {
      if (library.writeMode === 'none') return against('look_only', 'Its library is one that is only looked at.');
      return { ...nothing(track.id), verdict: 'unchanged' };
    }
    const linked = leftWith(plan, library);
    if (linked) return against(linked.reason, linked.message);
    await deps.files.refuseUnwritable(plan.path, AUDIO.kind);
    return {
      ...{ trackId: track.id, verdict: 'write', message: null, digest: changesDigest(plan.changes) },
      ...{ changes: plan.changes.length, sizeBytes: plan.stamp.sizeBytes },
      planned: { trackId: track.id, title: track.title, changes: plan.changes },
    };
  }

  /** Never throws: what would make the write fail is the verdict. */
  return async function judgeTrack(trackId: number): Promise<Judged> {
    const track = tracks.find(trackId);
    if (!track) return { ...nothing(trackId), verdict: 'missing', message: 'The track is gone.' };
    try {
      return await judge(track);
    } catch (thrown) {
      const { code, message } = toFailure(thrown);
      return { ...nothing(trackId), verdict: code === 'not_found' ? 'missing' : code, message };
    }
  };
}
export type JudgeTrack = ReturnType<typeof createJudgeTrack>;

const nothing = (trackId: number): Omit<Judged, 'verdict'> => ({
  ...{ trackId, message: null, digest: null, changes: 0, sizeBytes: 0, planned: null },
});
