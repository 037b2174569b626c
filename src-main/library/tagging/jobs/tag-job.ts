import {
  type Analysis,
  type AnalysisRepository,
  type AnalyzeOptions,
  type InferencePool,
  PRESETS,
  type Preset,
  type StoredAnalysis,
} from '../../../analysis/inference';
import type { InferenceSettings } from '../../../analysis/inference/contract';
import type { Job, JobContext, JobResult } from '../../../jobs/queue';
import type { EventBus } from '../../../platform/events';
import { getStamp, isSameStamp, type KnownStamp } from '../../../platform/file-stamp';
import type { SettingsStore } from '../../../platform/settings';
import { AppError, toFailure } from '../../../rpc';
import type { WriteMode } from '../../libraries/contract';
import type { MoodStore } from '../../moods';
import { decideMoods, keyName, NO_CALIBRATION } from '../../moods';
import { type StoredTrack, type TrackRepository, withReadablePath } from '../../tracks';
import type { TracksEvents } from '../../tracks/contract';
import type { TaggingSettings } from '../contract';
import type { WriteTrack, WriteTrackDeps } from '../write';
import { createIsAnalysisCurrent, hashOf, loadAnalysis } from '../write';
import type { Attempts } from './failed-attempts';

/** Share of a job's progress that the analysis has; the rest is planning and writing. */
const ANALYSIS_SHARE = 0.97;

export interface TagJobDeps {
  readonly tracks: Pick<TrackRepository, 'find' | 'get' | 'markAnalyzed' | 'setPayloadHash'>;
  /** The track of a file inside a library, made when no scan has seen it yet. Throws `outside_library`, `not_found`. */
  readonly ensureTrack: (path: string) => Promise<StoredTrack>;
  readonly pool: Pick<InferencePool, 'analyze'>;
  readonly attempts: Pick<Attempts, 'remember'>;
  readonly analyses: Pick<AnalysisRepository, 'find' | 'save' | 'carryOver' | 'listScores' | 'findDescriptors'>;
  /** The analysis version that would be made now, as the settings say or with another preset. */
  readonly version: (preset?: Preset) => string;
  readonly moods: Pick<MoodStore, 'keep'>;
  readonly calibration?: WriteTrackDeps['calibration'];
  readonly writeTrack: WriteTrack;
  /** SHA-256 of a file's audio without its tags. */
  readonly payloadHash: (path: string) => Promise<string>;
  /** Whether the folder of a library is there. */
  readonly isOnline: (libraryId: number) => Promise<boolean>;
  readonly writeModeOf: (libraryId: number) => WriteMode;
  readonly settings: Pick<SettingsStore<TaggingSettings & InferenceSettings>, 'current'>;
  readonly events: Pick<EventBus<TracksEvents>, 'emit'>;
  readonly now?: () => Date;
}

/**
 * The way of a track: find it, analyze it unless that was done, store the analysis, write its tags when asked to. Every
 * step is stored before the next begins and asks first whether it was done, so a job that is killed anywhere goes on
 * from there, and a second run does nothing.
 */
export function createTagJob(deps: TagJobDeps) {
  const { tracks, analyses, settings, now = () => new Date() } = deps;
  const isAnalysisCurrent = createIsAnalysisCurrent(deps);

  async function findAnalysis(
    track: StoredTrack,
    path: string,
    file: KnownStamp,
    preset?: Preset,
  ): Promise<StoredAnalysis | undefined> {
    const stored = analyses.find(track.id, deps.version(preset));
    return stored && (await isAnalysisCurrent(stored, { track, path, file })) ? stored : undefined;
  }

  async function analyze(track: StoredTrack, path: string, file: KnownStamp, job: Job, context: JobContext) {
    const asked = {
      jobId: job.id,
      file: path,
      options: optionsFor(track, presetOf(job)),
      crashes: job.crashes,
      signal: context.signal,
      onProgress: (fraction: number) => context.progress(fraction * ANALYSIS_SHARE, 'listening'),
    };
    const analysis = await deps.pool.analyze(asked).catch((thrown: unknown) => {
      deps.attempts.remember(track.id, file, toFailure(thrown).code, presetOf(job));
      throw thrown;
    });
    context.progress(ANALYSIS_SHARE, 'saving');
    const hash = await hashOf(deps.payloadHash, path);
    // Only now: a hash of another file would let it pass for the one that was analyzed.
    if (!isSameStamp(file, await getStamp(path))) throw changedMeanwhile();
    const id = analyses.save(track.id, file, analysis);
    publish(analyses.find(track.id, analysis.version)!, now().toISOString(), analysis.sound);
    if (hash !== null) tracks.setPayloadHash(track.id, hash);
    deps.events.emit('tracks.changed', { ids: [track.id] });
    const { version, durationS, isTruncated, expectedS } = analysis;
    return { id, version, durationS, isTruncated, expectedS };
  }

  /** What lists and playlists ask for: the moods, and the marks on the track. */
  function publish(stored: StoredAnalysis, markedAt: string, sound: Analysis['sound'] = null): void {
    const { version: calibration, calibrate } = deps.calibration?.(stored.version) ?? NO_CALIBRATION;
    const { heads, descriptors } = loadAnalysis(analyses, stored);
    const terms = decideMoods(heads, calibrate);
    const { id: analysisId, trackId, version, createdAt: analyzedAt } = stored;
    deps.moods.keep([{ trackId, analysisId, analyzedAt, calibration, terms }]);
    const key = descriptors ? (keyName(descriptors) ?? null) : null;
    const isIncomplete = stored.isTruncated;
    // Half a file says nothing of the length of the whole one.
    const durationMs = isIncomplete ? undefined : Math.round(stored.durationS * 1000);
    const decoded = { ...(sound ?? {}), durationMs, isIncomplete };
    tracks.markAnalyzed(trackId, { analyzedAt: markedAt, version, bpm: descriptors?.bpm ?? null, key, ...decoded });
  }

  function optionsFor({ durationMs }: StoredTrack, asked?: Preset): AnalyzeOptions {
    const { preset, min_duration_s } = settings.current;
    const expectedDurationS = durationMs === null ? null : durationMs / 1000;
    return { preset: asked ?? preset, descriptors: true, minDurationS: min_duration_s, expectedDurationS };
  }

  async function run(track: StoredTrack, path: string, job: Job, context: JobContext): Promise<JobResult> {
    const file = await getStamp(path);
    const known = job.force ? undefined : await findAnalysis(track, path, file, presetOf(job));
    // A scan took the file for another one, or all ended between the two writes: lists are to know it again.
    if (known && track.analyzedAt === null) publish(known, known.createdAt);
    const analyzed = known ?? (await analyze(track, path, file, job, context));
    const facts = { audioMs: Math.round(analyzed.durationS * 1000), trackId: track.id };
    const untouched: JobResult = known
      ? { ...facts, outcome: 'skipped', reason: 'up_to_date', message: 'Nothing has changed since it was analyzed.' }
      : { ...facts, outcome: 'analyzed', ...(analyzed.isTruncated && { message: incompleteMessage(analyzed) }) };
    // Nobody but a person, by a plan or for one track, has anything done to a file that is only to be looked at.
    if (!job.writeTags || deps.writeModeOf(track.libraryId) === 'none') return untouched;
    context.signal.throwIfAborted();
    context.progress(ANALYSIS_SHARE, 'writing');
    const written = await deps.writeTrack(tracks.get(track.id), loadAnalysis(analyses, analyzed), {
      jobId: job.id,
      file,
    });
    if (written.done === 'written') return { ...facts, outcome: 'tagged' };
    if (written.done === 'left')
      return { ...facts, outcome: 'skipped', reason: written.reason, message: written.message };
    return known ? untouched : { ...facts, outcome: 'unchanged' };
  }

  async function runOnce(job: Job, context: JobContext): Promise<JobResult> {
    const byId = job.trackId === null ? undefined : tracks.find(job.trackId);
    const track = byId && byId.missingSince === null ? byId : await deps.ensureTrack(job.path);
    try {
      return await withPath(track, (path) => run(track, path, job, context));
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'too_short') throw thrown;
      const { message } = thrown;
      return { outcome: 'skipped', reason: 'too_short', message, audioMs: track.durationMs, trackId: track.id };
    }
  }

  return async function tagJob(job: Job, context: JobContext): Promise<JobResult> {
    context.progress(0, 'opening');
    try {
      return await runOnce(job, context);
    } catch (thrown) {
      const isThere = context.signal.aborted || job.libraryId === null || (await deps.isOnline(job.libraryId));
      throw isThere ? thrown : offline(thrown);
    }
  };
}

/** What people are told of a file that gave less than it promises. */
function incompleteMessage({ durationS, expectedS }: Pick<StoredAnalysis, 'durationS' | 'expectedS'>): string {
  const of = expectedS !== null && expectedS > durationS ? `${durationS.toFixed(1)} of ${expectedS.toFixed(1)} s` : '';
  return of
    ? `The file is incomplete: ${of} could be decoded.`
    : `The file is incomplete: parts of it could not be decoded.`;
}

/** The preset that was asked for with this job alone. */
function presetOf({ options }: Job): Preset | undefined {
  return PRESETS.find((preset) => preset === options.preset);
}

/** Lends a path to the file of a track, also where its name is not UTF-8. */
export function withPath<T>(track: StoredTrack, use: (path: string) => Promise<T>): Promise<T> {
  return track.pathBytes ? withReadablePath(track.pathBytes, use) : use(track.absolutePath);
}

function offline(cause: unknown): AppError {
  return new AppError('library_offline', 'The drive or share of its library is not there; the job waits for it.', {
    cause,
  });
}

function changedMeanwhile(): AppError {
  return new AppError(
    'file_changed',
    'The file was changed while it was analyzed. Try again when nobody writes to it.',
  );
}
