import { CALLER_SOURCE, type Job, type JobContext, type JobResult, type Queue } from '../../jobs/queue';
import type { Database, Reader } from '../../platform/database';
import { AppError, type HandlersOf } from '../../rpc';
import type { VerificationView, verificationContract } from './contract';
import type { Judged, WrittenFile } from './judge';
import { createVerificationRepository } from './verification-repository';
import { VERIFY_JOB } from './verify-job';
import type { WrittenQueries } from './written-queries';

export interface VerifyDeps {
  readonly reader: Reader<WrittenQueries>;
  readonly db: Database;
  /** `judge`, in the process that reads what others have written. */
  readonly judge: (file: WrittenFile, options: { readonly signal?: AbortSignal }) => Promise<Judged>;
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
/** So that one file is read while another is hashed. */
const AT_ONCE = 3;

/** Reads the written files again, page by page in another process, and stores what it found. */
export function createVerify({ db, reader, judge, enqueue, rootOf }: VerifyDeps) {
  const repository = createVerificationRepository(db);

  async function verify({ root, jobId }: Asked, context?: JobContext): Promise<VerificationView> {
    const total = await reader.read('tagging.countWritten', { root });
    const id = repository.begin(jobId, root);
    let done = 0;
    for (let after = ''; ; ) {
      const page = await reader.read('tagging.listWritten', { root, after, limit: PAGE });
      if (page.length === 0) break;
      const tell = (more: number) => context?.progress(Math.min(1, (done + more) / total), 'verifying');
      repository.add(id, page, await judgeAll(page, tell, context?.signal));
      done += page.length;
      after = page[page.length - 1].path;
    }
    repository.end(id);
    return repository.findLatest(jobId, MAX_FINDINGS)!;
  }

  async function judgeAll(
    files: readonly WrittenFile[],
    tell: (done: number) => void,
    signal?: AbortSignal,
  ): Promise<Judged[]> {
    const judged: Judged[] = [];
    let next = 0;
    let done = 0;
    async function work(): Promise<void> {
      while (next < files.length) {
        const index = next++;
        signal?.throwIfAborted();
        judged[index] = await judge(files[index], { signal }).catch(asVerdict);
        tell(++done);
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return judged;
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
/** A file that brings its reader down is understood by nobody any more. */
function asVerdict(thrown: unknown): Judged {
  if (!(thrown instanceof AppError) || thrown.code === 'cancelled') throw thrown;
  return { verdict: 'unreadable', bytes: 0 };
}

export type Verify = ReturnType<typeof createVerify>;
