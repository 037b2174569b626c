import { createHash } from 'node:crypto';
import type { AnalysisRepository } from '../../../analysis/inference';
import type { WantedTags } from '../../../files/tag-formats';
import { NOMARR_NAMESPACE } from '../../../files/tag-formats';
import type { EventBus } from '../../../platform/events';
import { type FileStamp, isSameStamp, type KnownStamp } from '../../../platform/file-stamp';
import { insideOf } from '../../../platform/paths';
import type { SettingsStore } from '../../../platform/settings';
import { AppError } from '../../../rpc';
import type { Library, WriteMode } from '../../libraries/contract';
import {
  type AnalysisResult,
  type Calibration,
  decideMoods,
  moodsText,
  NO_CALIBRATION,
  provenanceOf,
  uncalibrated,
  wantedTags,
} from '../../moods';
import type { StoredTrack, TrackRepository } from '../../tracks';
import type { TracksEvents } from '../../tracks/contract';
import type { TaggingSettings } from '../contract';
import type { TagPlan, TagWriter } from './tag-plan';
import { type TagStates, writeFingerprint } from './write-fingerprints';

/** How the files of a library are written. */
export type LibraryWriting = Pick<Library, 'root_path' | 'writeMode' | 'keepMtime' | 'hardLinks'>;

export interface WriteTrackDeps {
  readonly tracks: Pick<TrackRepository, 'markTagged' | 'setPayloadHash' | 'setNomarrTags'>;
  readonly analyses: Pick<AnalysisRepository, 'carryOver'>;
  readonly writer: Pick<TagWriter, 'plan' | 'write'>;
  readonly libraryOf: (track: StoredTrack) => LibraryWriting;
  readonly settings: Pick<SettingsStore<TaggingSettings>, 'current'>;
  readonly events: Pick<EventBus<TracksEvents>, 'emit'>;
  /** What is in force for the scores of an analysis version; without it nothing is. */
  readonly calibration?: (analysisVersion: string) => Calibration;
  readonly tagStates: Pick<TagStates, 'note'>;
  readonly now?: () => Date;
}

/** What became of a write: the file is as it should be (`written` just now, or `unchanged`), or was left on purpose. */
export type WriteResult =
  | { readonly done: 'written'; readonly changes: number }
  | { readonly done: 'unchanged' }
  | { readonly done: 'left'; readonly reason: LeftReason; readonly message: string };
type LeftReason = 'never_touch' | 'hard_linked' | 'odd_name' | 'changed_since_plan' | 'look_only';
type Left = Extract<WriteResult, { done: 'left' }>;

/**
 * Plans the tags that an analysis gives a file, and writes what differs; `file` is the file that was analyzed, `planned`
 * the digest of the only changes that may be made.
 */
export type WriteTrack = (
  track: StoredTrack,
  analyzed: AnalysisResult,
  options: WriteOptions & { readonly file?: KnownStamp },
) => Promise<WriteResult>;

export interface WriteOptions {
  readonly jobId?: number;
  readonly planned?: string;
  /** No person asked for it: then nothing is done to the files of a library that is only to be looked at. */
  readonly isAutomatic?: boolean;
}

/** Throws what planning and writing throw: `file_changed`, `not_writable`, `unsupported_file`, `disk_full` … */
export function createWriteTrack(deps: WriteTrackDeps): WriteTrack {
  const { tracks, now = () => new Date() } = deps;

  /** What the file holds now was made from this. */
  function noteState(track: StoredTrack, mode: WriteMode, { version, heads }: AnalysisResult): void {
    const calibrate = deps.calibration?.(version).calibrate ?? uncalibrated;
    const moods = mode === 'none' ? '' : moodsText(decideMoods(heads, calibrate));
    deps.tagStates.note(track.id, {
      analysisVersion: version,
      manner: writeFingerprint(mode, deps.settings.current),
      moods,
    });
  }

  function mark(track: StoredTrack, mode: WriteMode, version: string, stamp: FileStamp): void {
    const provenance = mode === 'none' ? '' : provenanceOf(version, deps.calibration?.(version));
    tracks.markTagged(track.id, { at: now().toISOString(), provenance, ...stamp });
    deps.events.emit('tracks.changed', { ids: [track.id] });
  }

  return async function writeTrack(track, analyzed, { jobId, file, planned, isAutomatic }) {
    const protectedBy = leftBefore(track);
    if (protectedBy) return protectedBy;
    const library = deps.libraryOf(track);
    const { root_path: root, writeMode, keepMtime, hardLinks } = library;
    if (isAutomatic && writeMode === 'none') return left('look_only', 'Its library is one that is only looked at.');
    const plan = await deps.writer.plan(track.absolutePath, wantedFor(track, analyzed, deps));
    refuseOutside(plan, root);
    if (file && !isSameStamp(plan.stamp, file)) throw changedSince();
    if (plan.changes.length === 0) {
      if (track.taggedAt === null && writeMode !== 'none') mark(track, writeMode, analyzed.version, plan.stamp);
      noteState(track, writeMode, analyzed);
      return { done: 'unchanged' };
    }
    const linked = leftWith(plan, library);
    if (linked) return linked;
    if (planned !== undefined && changesDigest(plan.changes) !== planned)
      return left('changed_since_plan', NOT_AS_PLANNED);
    const written = await deps.writer.write(plan, { jobId, trackId: track.id, keepMtime, hardLinks });
    if (!written) return { done: 'unchanged' };
    deps.analyses.carryOver(track.id, plan.stamp, written.stamp);
    tracks.setPayloadHash(track.id, written.payloadHash);
    mark(track, writeMode, analyzed.version, written.stamp);
    if (track.nomarrTags > 0 && !plan.wanted.keepOthers && plan.wanted.namespace === NOMARR_NAMESPACE)
      tracks.setNomarrTags(track.id, 0);
    noteState(track, writeMode, analyzed);
    return { done: 'written', changes: written.changes.length };
  };
}

/** Why a track is not even planned to be written. */
export function leftBefore({ neverTouch, pathBytes }: StoredTrack): Left | undefined {
  if (neverTouch) return left('never_touch', 'The file is protected from being written.');
  if (pathBytes) return left('odd_name', 'The name of the file is not UTF-8, so it can be analyzed but not written.');
  return undefined;
}

/** Why a file with changes is left alone. */
export function leftWith({ links }: Pick<TagPlan, 'links'>, { hardLinks }: Pick<Library, 'hardLinks'>) {
  return links > 1 && hardLinks === 'skip' ? left('hard_linked', HARD_LINKED) : undefined;
}

/** By which a write knows that it makes the changes that somebody has agreed to. */
export function changesDigest(changes: TagPlan['changes']): string {
  return createHash('sha256').update(JSON.stringify(changes)).digest('hex').slice(0, 32);
}

/** A link may have taken the place of a file, or of a folder above it, since a scan saw it there. */
export function refuseOutside({ path }: TagPlan, root: string): void {
  if (insideOf(root, path) !== null) return;
  throw new AppError('outside_library', 'A link leads out of the library here now, so nothing was written.');
}

/** The tags that a track should have by its analysis, by how its library is treated and by the settings. */
export function wantedFor(
  track: StoredTrack,
  analyzed: AnalysisResult,
  deps: Pick<WriteTrackDeps, 'libraryOf' | 'settings' | 'calibration'>,
): WantedTags {
  const { writeMode } = deps.libraryOf(track);
  const { current } = deps.settings;
  const wanted = wantedTags(analyzed, writeMode, current, deps.calibration?.(analyzed.version) ?? NO_CALIBRATION);
  return current.overwrite_tags || writeMode === 'none' ? wanted : { ...wanted, keepOthers: true };
}

const HARD_LINKED =
  'The file has other hard links, and its library leaves such files alone. Its analysis is kept in Tonearm.';
const NOT_AS_PLANNED =
  'The file or its analysis was changed after the plan was made, so it was left alone. Make a new plan to write it.';
const left = (reason: LeftReason, message: string): Left => ({
  done: 'left',
  reason,
  message,
});

function changedSince(): AppError {
  return new AppError('file_changed', 'The file was changed after it was analyzed. It will be analyzed again first.');
}
