import { CALLER_SOURCE, type Job, type JobContext, type JobResult, type Queue } from '../../jobs/queue';
import type { Database, Reader } from '../../platform/database';
import { runInThread } from '../../platform/worker-thread';
import type { HandlersOf } from '../../rpc';
import type { VerificationView, verificationContract } from './contract';
import type { Judged, WrittenFile } from './judge';
import { createVerificationRepository } from './verification-repository';
import { VERIFY_JOB } from './verify-job';
import type { WrittenQueries } from './written-queries';

export interface VerifyDeps {
  readonly reader: Reader<WrittenQueries>;
  readonly db: Database;
  /** The script of the thread that reads. */
  readonly verifyEntry: string;
  readonly enqueue: Queue['enqueue'];
  /** Throws `not_found`. */
  readonly rootOf: (libraryId: number) => string;
}

interface Asked {
  readonly root: string | null;
  readonly jobId: number | null;
}

const PAGE = 500;
const MAX_FINDINGS = 1000;

/** Reads the written files again, page by page in another thread, and stores what it found. */
export function createVerify({ db, reader, verifyEntry: entry, enqueue, rootOf }: VerifyDeps) {
  const repository = createVerificationRepository(db);

  async function verify({ root, jobId }: Asked, context?: JobContext): Promise<VerificationView> {
    const total = await reader.read('tagging.countWritten', { root });
    const id = repository.begin(jobId, root);
    let done = 0;
    for (let after = ''; ; ) {
      const page = await reader.read('tagging.listWritten', { root, after, limit: PAGE });
      if (page.length === 0) break;
      const onProgress = (more: number) => context?.progress(Math.min(1, (done + more) / total), 'verifying');
      const work = { entry, input: page, onProgress, signal: context?.signal };
      repository.add(id, page, await runInThread<readonly WrittenFile[], Judged[], number>(work));
      done += page.length;
      after = page[page.length - 1].path;
    }
    repository.end(id);
    return repository.findLatest(jobId, MAX_FINDINGS)!;
  }

  const rootFor = (libraryId: number | undefined) => (libraryId === undefined ? null : rootOf(libraryId));

  const handlers: HandlersOf<typeof verificationContract> = {
    async start({ library_id: libraryId }) {
      const root = rootFor(libraryId);
      const { batchId, jobIds } = await enqueue({
        ...{ kind: VERIFY_JOB, title: 'Files against the journal', source: CALLER_SOURCE.http },
        targets: [{ path: root ?? 'All written files' }],
        options: { root },
      });
      return { job_id: jobIds[0], batch_id: batchId };
    },
    latest: ({ job_id: jobId }) => ({ verification: repository.findLatest(jobId ?? null, MAX_FINDINGS) }),
    run: ({ library_id: libraryId }) => verify({ root: rootFor(libraryId), jobId: null }),
  };

  return {
    handlers,
    async job({ id, options }: Job, context: JobContext): Promise<JobResult> {
      await verify({ root: (options.root as string | null) ?? null, jobId: id }, context);
      return { outcome: 'verified' };
    },
  };
}
export type Verify = ReturnType<typeof createVerify>;
