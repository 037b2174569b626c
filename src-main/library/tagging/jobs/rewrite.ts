import type { JobSource, Queue } from '../../../jobs/queue';
import type { Reader } from '../../../platform/database';
import type { SettingsStore } from '../../../platform/settings';
import type { TaggingSettings } from '../contract';
import { namesOf, writeFingerprint } from '../write';
import { WRITE_JOB } from './job-kinds';
import type { StaleFile, StaleQueries, StaleQuestion } from './stale-queries';

export interface RewriteDeps {
  readonly reader: Reader<StaleQueries>;
  readonly settings: Pick<SettingsStore<TaggingSettings>, 'current'>;
  readonly enqueue: Queue['enqueue'];
}

export interface RewriteRequest extends Partial<Pick<StaleQuestion, 'libraryId'>> {
  readonly what: StaleQuestion['what'];
  readonly source: JobSource;
}

const PAGE = 2000;

/** Finds files that hold older tags and queues the writing of them; nothing is analyzed again. */
export function createRewrite({ reader, settings, enqueue }: RewriteDeps) {
  function questionOf(what: StaleQuestion['what'], libraryId: number | null): StaleQuestion {
    const { current } = settings;
    const manners = {
      none: writeFingerprint('none', current),
      minimal: writeFingerprint('minimal', current),
      full: writeFingerprint('full', current),
    };
    return { manners, names: namesOf(current), libraryId, what };
  }

  async function listAll(question: StaleQuestion): Promise<StaleFile[]> {
    const files: StaleFile[] = [];
    for (;;) {
      const after = files.at(-1)?.trackId ?? 0;
      const page = await reader.read('tagging.listStale', { ...question, after, limit: PAGE });
      files.push(...page);
      if (page.length < PAGE) return files;
    }
  }

  return {
    /** How many files hold older tags, and how many of them under other names, library by library. */
    count: (libraryId: number | null = null) => reader.read('tagging.countStale', questionOf('stale', libraryId)),
    /** A page of them, by the numbers of their tracks. */
    listAfter: (after: number, limit: number, libraryId: number | null = null): Promise<StaleFile[]> =>
      reader.read('tagging.listStale', { ...questionOf('stale', libraryId), after, limit }),
    /** Tells how many files were queued; null in place of a batch when there is nothing to do. */
    async enqueue({ what, source, libraryId = null }: RewriteRequest) {
      const targets = await listAll(questionOf(what, libraryId));
      if (targets.length === 0) return { queued: 0, batchId: null };
      const title = targets.length === 1 ? 'Tags of 1 file' : `Tags of ${targets.length} files`;
      const { added, batchId } = await enqueue({ kind: WRITE_JOB, title, source, targets, writeTags: true });
      return { queued: added, batchId };
    },
  };
}
export type Rewrite = ReturnType<typeof createRewrite>;
