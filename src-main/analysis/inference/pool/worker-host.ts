import type { FromWorker, ToWorker } from '../worker';

export type Unsubscribe = () => void;

/** How a worker came to its end, as far as the host can tell. `gone` is all that some hosts know. */
export interface WorkerExit {
  readonly code: number | null;
  readonly signal?: string;
  readonly reason: 'exited' | 'killed' | 'crashed' | 'oom' | 'launch-failed' | 'gone';
}

/** A worker as the pool sees it, whichever kind of process it is. */
export interface WorkerChannel {
  /** Values that survive a structured clone; posting to a worker that is gone does nothing. */
  post(message: ToWorker): void;
  onMessage(listen: (message: FromWorker) => void): Unsubscribe;
  /** Told once, however often the host reports it, and at once when it already happened. */
  onExit(listen: (exit: WorkerExit) => void): Unsubscribe;
  /** At once and without being asked: SIGKILL. */
  kill(): void;
  readonly pid: number | undefined;
}

/** Starts workers: a fork under Node, a utility process under Electron. */
export interface WorkerHost {
  spawn(kind: 'infer', options: { name: string }): Promise<WorkerChannel>;
}
