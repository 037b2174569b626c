import type { AlarmClock } from '../../../platform/clock';
import type { ReadAccess, WorkerHost } from '../../../platform/worker-process';
import type { ModelSet } from '../session';
import type { Limits } from './limits';
import { startWorker, type WorkerProcess } from './worker-process';

export interface WorkerLifetimeParts {
  readonly component: string;
  readonly host: WorkerHost;
  readonly clock: AlarmClock;
  readonly limits: () => Limits;
  readonly models: () => ModelSet;
  readonly access: ReadAccess;
  readonly tell: (status: 'starting' | 'stopping') => void;
  readonly tellProblems: (problems: readonly string[]) => void;
}

/** The worker of one slot: started when it is wanted, and let go when it is worn out or the models have changed. */
export function createWorkerLifetime(parts: WorkerLifetimeParts) {
  const { component, host, clock, limits, models, access } = parts;
  let worker: WorkerProcess | undefined;
  let staleWorker: WorkerProcess | undefined;

  const lifetime = {
    get isWarm(): boolean {
      return worker !== undefined && !worker.hasExited;
    },
    get pid(): number | undefined {
      return worker?.pid;
    },
    /** A worker with its models loaded that may read the file. Throws `WorkerDeath` when none comes up. */
    async ready(file: string): Promise<WorkerProcess> {
      if (worker?.hasExited) worker = undefined;
      if (worker && !worker.mayRead(file)) await lifetime.release();
      if (worker) return worker;
      parts.tell('starting');
      const grant = access.grantFor([file]);
      worker = await startWorker({ host, clock, name: component, models: models(), grant, limits: limits() });
      parts.tellProblems(worker.problems);
      return worker;
    },
    /** Asks the worker to leave, and waits for it. */
    async release(): Promise<void> {
      const leaving = worker;
      worker = undefined;
      if (!leaving || leaving.hasExited) return;
      parts.tell('stopping');
      await leaving.shutdown();
    },
    /** Has the worker replaced after its file. */
    markStale(): void {
      staleWorker = worker;
    },
    isWornOut(used: WorkerProcess): boolean {
      const { filesPerWorker, memoryBytes } = limits();
      return used === staleWorker || used.files >= filesPerWorker || used.rssBytes > memoryBytes;
    },
    /** It has died already. */
    forget(): void {
      worker = undefined;
    },
    kill: (): void => worker?.kill(),
  };
  return lifetime;
}
