import type { Analysis, AnalysisRepository, HeadScores } from '../../analysis/inference';
import type { NomarrScore } from '../../files/tag-formats';
import { describeNomarr, NOMARR_NAMESPACE, type readTags } from '../../files/tag-formats';
import type { EventBus } from '../../platform/events';
import { getStamp } from '../../platform/file-stamp';
import { AppError } from '../../rpc';
import type { MoodStore } from '../moods';
import { decideMoods, NO_CALIBRATION } from '../moods';
import type { StoredTrack, TrackRepository } from '../tracks';
import type { TracksEvents } from '../tracks/contract';
import { loadAnalysis } from './write';

export interface TakeOverDeps {
  readonly tracks: Pick<TrackRepository, 'find' | 'markAnalyzed' | 'listOfNomarr'>;
  readonly analyses: Pick<AnalysisRepository, 'save' | 'findLatest' | 'listScores' | 'findDescriptors'>;
  readonly moods: Pick<MoodStore, 'keep'>;
  /** Throws `not_found`. */
  readonly checkLibrary: (id: number) => unknown;
  readonly readTags: typeof readTags;
  readonly ensureTrack: (path: string) => Promise<StoredTrack>;
  readonly events: Pick<EventBus<TracksEvents>, 'emit'>;
}

export interface TakenOver {
  readonly taken: number;
  /** Tracks that were left: analyzed already, or without scores that could be read. */
  readonly left: number;
}

/** The version that such an analysis is stored under; never compared with analyses of our own. */
const VERSION = 'nomarr-1';
const CHUNK = 100;

/**
 * Makes an analysis of the scores that Nomarr wrote into files, so that a new library has moods before anything was
 * analyzed. Only for tracks that have no analysis yet: one of our own, with tempo, key and embeddings, is
 * worth more, and replaces this as soon as somebody asks for it.
 */
export function createTakeOver(deps: TakeOverDeps) {
  async function takeOne(track: StoredTrack): Promise<boolean> {
    if (track.missingSince !== null || track.pathBytes || deps.analyses.findLatest(track.id)) return false;
    const file = await getStamp(track.absolutePath);
    const found = describeNomarr(await deps.readTags(track.absolutePath, NOMARR_NAMESPACE));
    const heads = headsOf(found?.scores ?? []);
    // It may have been analyzed while the file was read.
    if (heads.length === 0 || deps.analyses.findLatest(track.id)) return false;
    const id = deps.analyses.save(track.id, file, analysisOf(track, heads));
    const { createdAt } = deps.analyses.findLatest(track.id)!;
    const terms = decideMoods(loadAnalysis(deps.analyses, { id, version: VERSION, isTruncated: false }).heads);
    const { version: calibration } = NO_CALIBRATION;
    deps.moods.keep([{ trackId: track.id, analysisId: id, analyzedAt: createdAt, calibration, terms }]);
    deps.tracks.markAnalyzed(track.id, { analyzedAt: createdAt, version: VERSION, bpm: null, key: null });
    return true;
  }

  return {
    /** Throws `outside_library`, `not_found`, and `conflict` when there is nothing to take over. */
    async file(path: string): Promise<TakenOver> {
      const track = await deps.ensureTrack(path);
      if (!(await takeOne(track))) {
        throw new AppError('conflict', 'The track was analyzed already, or its file has no scores of Nomarr.');
      }
      deps.events.emit('tracks.changed', { ids: [track.id] });
      return { taken: 1, left: 0 };
    },
    /** Every file of a library that Nomarr wrote into. Throws `not_found`. */
    async library(libraryId: number): Promise<TakenOver> {
      deps.checkLibrary(libraryId);
      const ids = deps.tracks.listOfNomarr(libraryId);
      let taken = 0;
      for (const [at, id] of ids.entries()) {
        const track = deps.tracks.find(id);
        // A file that cannot be read now stays what it is; a scan tells about it.
        if (track && (await takeOne(track).catch(() => false))) taken += 1;
        if (at % CHUNK === CHUNK - 1) deps.events.emit('tracks.changed', { ids: [] });
      }
      deps.events.emit('tracks.changed', { ids: [] });
      return { taken, left: ids.length - taken };
    },
  };
}
export type TakeOver = ReturnType<typeof createTakeOver>;

function analysisOf({ durationMs }: StoredTrack, heads: readonly HeadScores[]): Analysis {
  const unknown = {
    isShort: false,
    isTruncated: false,
    expectedS: null,
    decodedBy: 'nomarr',
    runtime: 'nomarr',
    sound: null,
  };
  const facts = { ...unknown, patches: 0, embeddings: [], descriptors: null };
  return { version: VERSION, preset: 'precise', durationS: (durationMs ?? 0) / 1000, heads, ...facts };
}

/** Of two classes one is enough: the activations of a softmax sum to one. */
function headsOf(scores: readonly NomarrScore[]): HeadScores[] {
  return [...Map.groupBy(scores, ({ head }) => head)].map(([head, found]) => ({
    head,
    backbone: found[0].backbone,
    kind: 'softmax' as const,
    scores: [...new Map(found.map((score) => [score.label, score.value]))].map(([label, value]) => ({
      ...{ label, mean: value, trimmedMean: value, min: value, max: value },
      // Nomarr kept the spread to itself.
      std: null,
    })),
  }));
}
