import type { AnalysisRepository } from '../../analysis/inference';
import type { JournalEntry, UndoResult } from '../../files/safe-files';
import { countNomarrKeys, NOMARR_NAMESPACE, readTags } from '../../files/tag-formats';
import type { EventBus } from '../../platform/events';
import { getStamp } from '../../platform/file-stamp';
import type { SettingsStore } from '../../platform/settings';
import type { HandlersOf } from '../../rpc';
import { AppError, toFailure } from '../../rpc';
import { PROVENANCE_KEY } from '../moods';
import type { TrackRepository } from '../tracks';
import type { TracksEvents } from '../tracks/contract';
import type { TakeOver } from './adopt-nomarr-tags';
import type { TaggingSettings, taggingContract } from './contract';
import type { Rewrite, WriteAnalyzed } from './jobs';
import type { RemoveTags, TagStates, TagWriter } from './write';

export interface TaggingDeps {
  readonly tracks: Pick<
    TrackRepository,
    'find' | 'get' | 'markTagged' | 'markUntagged' | 'setNomarrTags' | 'countOfNomarr'
  >;
  readonly analyses: Pick<AnalysisRepository, 'carryOver'>;
  readonly writer: Pick<TagWriter, 'undoJob' | 'undoFile' | 'list'>;
  readonly writeAnalyzed: WriteAnalyzed;
  readonly rewrite: Rewrite;
  readonly tagStates: Pick<TagStates, 'forget'>;
  readonly removeTags: RemoveTags;
  readonly takeOver: TakeOver;
  /** Refuses a path outside every library; gives the real path of the file. */
  readonly confine: (path: string) => Promise<string>;
  /** The jobs that were asked for at once. */
  readonly jobsOfBatch: (batchId: number) => readonly number[];
  readonly settings: Pick<SettingsStore<TaggingSettings>, 'current'>;
  readonly events: Pick<EventBus<TracksEvents>, 'emit'>;
  /** Told when a file was put back and could not be read after that. */
  readonly report: (thrown: unknown) => void;
}

/** Answers what windows and scripts ask of the tags in files. */
export function taggingHandlers(deps: TaggingDeps): HandlersOf<typeof taggingContract> {
  const { tracks, analyses, writer, settings, events } = deps;

  /** The file is the old one again: what was heard in it holds; our tags are gone, or those of the write before. */
  async function settle(result: UndoResult): Promise<void> {
    const writes = writer.list({ path: result.path });
    const entry = writes.find(({ id }) => id === result.id);
    const track = entry?.trackId ? tracks.find(entry.trackId) : undefined;
    if (!entry || !track || !result.undone) return;
    const now = await getStamp(result.path);
    analyses.carryOver(track.id, { sizeBytes: entry.newSize, mtimeMs: entry.newMtimeMs }, now);
    const before = writes.find(({ id, state }) => id < entry.id && state === 'written');
    tracks.setNomarrTags(track.id, countNomarrKeys(Object.keys(await readTags(result.path, NOMARR_NAMESPACE))));
    if (before) tracks.markTagged(track.id, { at: before.createdAt, provenance: provenanceIn(entry), ...now });
    else tracks.markUntagged(track.id, now);
    deps.tagStates.forget(track.id);
    events.emit('tracks.changed', { ids: [track.id] });
  }

  /** What the undone write found in the file. */
  function provenanceIn({ changes }: JournalEntry): string {
    const field = `${settings.current.namespace}:${PROVENANCE_KEY}`;
    return changes.find((change) => change.field === field)?.old[0] ?? '';
  }

  async function answerOf(results: readonly UndoResult[]) {
    for (const result of results) await settle(result).catch(deps.report);
    const refused = results.flatMap(({ path, undone, reason }) =>
      undone || !reason ? [] : [{ path, code: reason.code, message: reason.message }],
    );
    return { undone: results.filter(({ undone }) => undone).length, refused };
  }

  return {
    async show({ path }) {
      const { namespace } = settings.current;
      const found = await readTags(await deps.confine(path), namespace);
      const tags = Object.fromEntries(
        Object.entries(found).map(([key, values]) => [`${namespace}:${key}`, plainValue(values)]),
      );
      return { path, namespace, tags, count: Object.keys(tags).length };
    },
    async remove({ path, only }) {
      const { namespace, removed, writeId } = await deps.removeTags(await deps.confine(path), only);
      return { path, namespace, removed, status: 'success', writeId };
    },
    nomarr: () => ({ items: tracks.countOfNomarr() }),
    async takeOver({ path, library }) {
      if (library !== undefined) return deps.takeOver.library(library);
      return deps.takeOver.file(await deps.confine(path!));
    },
    async write({ id }) {
      const track = tracks.get(id);
      const result = await deps.writeAnalyzed(track);
      if (result.done === 'left') throw new AppError('not_writable', result.message);
      return result.done === 'written' ? { written: true, changes: result.changes } : { written: false, changes: 0 };
    },
    async stale({ library_id }) {
      const libraries = await deps.rewrite.count(library_id);
      return { files: libraries.reduce((sum, { files }) => sum + files, 0), libraries };
    },
    async rewrite({ library_id, all }, { transport }) {
      const what = all ? 'all' : 'stale';
      const source = transport === 'http' ? 'api' : transport;
      const { queued, batchId } = await deps.rewrite.enqueue({ what, libraryId: library_id, source });
      return { queued, batch_id: batchId, message: `Queued ${queued} files to be written anew` };
    },
    undoJob: async ({ job_id }) => answerOf(await writer.undoJob(job_id)),
    async undoBatch({ batch_id }) {
      const results: UndoResult[] = [];
      for (const jobId of [...deps.jobsOfBatch(batch_id)].reverse()) results.push(...(await writer.undoJob(jobId)));
      return answerOf(results);
    },
    async undoFile({ path }) {
      const real = await deps.confine(path);
      try {
        return await answerOf([await writer.undoFile(real)]);
      } catch (thrown) {
        const { code, message } = toFailure(thrown);
        if (!(thrown instanceof AppError) || code === 'not_found') throw thrown;
        return { undone: 0, refused: [{ path, code, message }] };
      }
    },
  };
}

/** One value as itself, a number as a number; several as a list. */
function plainValue(values: readonly string[]): string | number | string[] {
  if (values.length !== 1) return [...values];
  const number = Number(values[0]);
  return values[0].trim() !== '' && Number.isFinite(number) && /^-?[\d.]+$/.test(values[0]) ? number : values[0];
}
