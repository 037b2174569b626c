import type { readTags } from '../../files/tag-formats';
import { CALLER_SOURCE } from '../../jobs/queue';
import type { SettingsStore } from '../../platform/settings';
import type { HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import type { TrackRepository } from '../tracks';
import type { TakeOver } from './adopt-nomarr-tags';
import type { TaggingSettings, taggingContract } from './contract';
import type { Rewrite, WriteAnalyzed } from './jobs';
import type { UndoWrites } from './undo-writes';
import type { RemoveTags } from './write';

export interface TaggingDeps {
  readonly tracks: Pick<TrackRepository, 'get' | 'countOfNomarr'>;
  readonly readTags: typeof readTags;
  readonly undo: UndoWrites;
  readonly writeAnalyzed: WriteAnalyzed;
  readonly rewrite: Rewrite;
  readonly removeTags: RemoveTags;
  readonly takeOver: TakeOver;
  /** Refuses a path outside every library; gives the real path of the file. */
  readonly confine: (path: string) => Promise<string>;
  readonly settings: Pick<SettingsStore<TaggingSettings>, 'current'>;
}

/** Answers what windows and scripts ask of the tags in files. */
export function taggingHandlers(deps: TaggingDeps): HandlersOf<typeof taggingContract> {
  const { tracks, undo, settings } = deps;

  return {
    async show({ path }) {
      const { namespace } = settings.current;
      const found = await deps.readTags(await deps.confine(path), namespace, 'name');
      const tags = Object.fromEntries(Object.entries(found).map(([name, values]) => [name, plainValue(values)]));
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
      const sumOf = (of: 'files' | 'otherNames') => libraries.reduce((sum, each) => sum + each[of], 0);
      return { files: sumOf('files'), otherNames: sumOf('otherNames'), libraries };
    },
    async rewrite({ library_id, all }, { transport }) {
      const what = all ? 'all' : 'stale';
      const source = CALLER_SOURCE[transport];
      const { queued, batchId } = await deps.rewrite.enqueue({ what, libraryId: library_id, source });
      return { queued, batch_id: batchId, message: `Queued ${queued} files to be written anew` };
    },
    undoJob: ({ job_id }) => undo.ofJob(job_id),
    undoBatch: ({ batch_id }) => undo.ofBatch(batch_id),
    async undoFile({ path }) {
      const { undone, refused } = await undo.ofFile(await deps.confine(path));
      return { undone, refused: refused.map((each) => ({ ...each, path })) };
    },
  };
}

/** One value as itself, a number as a number; several as a list. */
function plainValue(values: readonly string[]): string | number | string[] {
  if (values.length !== 1) return [...values];
  const number = Number(values[0]);
  return values[0].trim() !== '' && Number.isFinite(number) && /^-?[\d.]+$/.test(values[0]) ? number : values[0];
}
