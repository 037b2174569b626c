import type { AnalysisRepository, HeadScores, StoredAnalysis } from '../../analysis/inference';
import type { JournalEntry, SafeFiles } from '../../files/safe-files';
import { describeNomarr, NOMARR_NAMESPACE, type readTags } from '../../files/tag-formats';
import { findStamp, isSameStamp } from '../../platform/file-stamp';
import { toFailure } from '../../rpc';
import { decideLabels, decideMoods, explainMoods, regressionOf, TIERS } from '../moods';
import type { StoredTrack, TrackDescribers, TrackDetail } from '../tracks';
import { withPath } from './jobs';
import type { TagWriter } from './write';
import { loadAnalysis, type WriteTrackDeps, wantedFor } from './write';

export interface DescribeTrackDeps extends Pick<WriteTrackDeps, 'libraryOf' | 'settings' | 'calibration'> {
  readonly analyses: Pick<AnalysisRepository, 'findLatest' | 'listScores' | 'findDescriptors'>;
  readonly writer: Pick<TagWriter, 'plan'>;
  readonly files: Pick<SafeFiles, 'list'>;
  readonly readTags: typeof readTags;
  /** The analysis version that would be made now. */
  readonly version: () => string;
}

/** How many writes of a file's history are told. */
const HISTORY = 50;

/** The analysis of a track, what its file says, and what would be written into it. */
export function createDescribeTrack(deps: DescribeTrackDeps): TrackDescribers {
  const { analyses, writer, settings } = deps;

  async function isStale(track: StoredTrack, stored: StoredAnalysis): Promise<boolean> {
    if (stored.version !== deps.version()) return true;
    const file = await withPath(track, findStamp).catch(() => undefined);
    return file !== undefined && !isSameStamp(stored, file);
  }

  async function proposedFor(track: StoredTrack) {
    const stored = analyses.findLatest(track.id);
    if (!stored || track.pathBytes || track.neverTouch) return [];
    const plan = await writer.plan(track.absolutePath, wantedFor(track, loadAnalysis(analyses, stored), deps));
    return plan.changes.map(({ field, old, new: wanted }) => ({ field, old: [...old], new: [...wanted] }));
  }

  return {
    async describeAnalysis(track) {
      const stored = analyses.findLatest(track.id);
      if (!stored) return null;
      const { version, preset, patches, durationS, isShort, createdAt, expectedS, decodedBy, runtime } = stored;
      const { heads, descriptors } = loadAnalysis(analyses, stored);
      const calibrate = deps.calibration?.(version).calibrate;
      const moods = decideMoods(heads, calibrate);
      return {
        ...{ version, preset, patches, durationS, expectedS, decodedBy, runtime, isShort, createdAt },
        isIncomplete: stored.isTruncated,
        isStale: await isStale(track, stored),
        scores: scoresOfAll(heads, calibrate),
        moods: TIERS.flatMap((tier) => moods.filter((mood) => mood.tier === tier)),
        descriptors: descriptors ?? null,
      };
    },
    async describeFile(track) {
      const { namespace } = settings.current;
      const history = deps.files.list({ path: track.absolutePath }).slice(0, HISTORY).map(historyOf);
      try {
        const [inFile, ofNomarr] = await withPath(track, (path) =>
          Promise.all([deps.readTags(path, namespace, 'name'), deps.readTags(path, NOMARR_NAMESPACE)]),
        );
        const nomarr = describeNomarr(ofNomarr);
        return { inFile, fileMessage: null, nomarr, proposed: await proposedFor(track), history };
      } catch (thrown) {
        return { inFile: null, fileMessage: toFailure(thrown).message, nomarr: null, proposed: [], history };
      }
    },
  };
}

type Scores = NonNullable<TrackDetail['analysis']>['scores'];

/** The statistic that is written as a number and decides moods, and the spread of it, on the line from 0 to 1. */
function scoresOfAll(heads: readonly HeadScores[], calibrate?: Parameters<typeof decideLabels>[1]): Scores {
  const leftOut = explainMoods(heads, calibrate);
  return heads.flatMap((head) => {
    const decisions = decideLabels(head, calibrate);
    return head.scores.map(({ label, mean, trimmedMean, std, min, max }, position) => {
      const onLine = head.kind === 'identity' ? regressionOf(label).normalize : (value: number) => value;
      return {
        ...{ head: head.head, label, position, mean, trimmedMean, std, min: onLine(min), max: onLine(max) },
        value: onLine(head.kind === 'identity' ? mean : trimmedMean),
        tier: decisions[position].tier,
        leftOut: leftOut(head, decisions[position]),
      };
    });
  });
}

function historyOf({ id, createdAt, state, changes }: JournalEntry): TrackDetail['history'][number] {
  return {
    id,
    at: createdAt,
    // On its way back it is still the written one for whoever looks.
    state: state === 'undoing' ? 'written' : state,
    changes: changes.map(({ field, old, new: written }) => ({ field, old: [...old], new: [...written] })),
  };
}
