type Unsubscribe = () => void;

/** How a worker came to its end, as far as the host can tell. `gone` is all that some hosts know. */
export interface WorkerExit {
  readonly code: number | null;
  readonly signal?: string;
  readonly reason: 'exited' | 'killed' | 'crashed' | 'oom' | 'launch-failed' | 'gone';
}

/** A worker as whoever started it sees it, whichever kind of process it is. */
export interface WorkerChannel<To = unknown, From = unknown> {
  /** Values that survive a structured clone; posting to a worker that is gone does nothing. */
  post(message: To): void;
  onMessage(listen: (message: From) => void): Unsubscribe;
  /** Told once, however often the host reports it, and at once when it already happened. */
  onExit(listen: (exit: WorkerExit) => void): Unsubscribe;
  /** At once and without being asked: SIGKILL. */
  kill(): void;
  readonly pid: number | undefined;
}

/** What a worker runs. */
export interface WorkerProgram {
  /** Its script. */
  readonly entry: string;
  /** Flags for V8. */
  readonly flags: readonly string[];
  /** Files and folders that it reads besides the folder of its script. */
  readonly reads?: readonly string[];
  /** It loads libraries of native code, which no permission holds. */
  readonly addons?: boolean;
  /** It starts other programs. */
  readonly children?: boolean;
}

/** By the kind of worker. */
export type WorkerPrograms = Readonly<Record<string, WorkerProgram>>;

export interface WorkerOptions {
  readonly name: string;
  /** What this one may read besides what its program names, as far as the host can hold it to that. */
  readonly reads?: readonly string[];
}

/** Starts workers: a fork under Node, a utility process under Electron. */
export interface WorkerHost {
  /** Throws for a kind that has no program. */
  spawn<To, From>(kind: string, options: WorkerOptions): Promise<WorkerChannel<To, From>>;
}

export function programOf(programs: WorkerPrograms, kind: string): WorkerProgram {
  const program = programs[kind];
  if (!program) throw new Error(`There is no program for workers of the kind "${kind}".`);
  return program;
}
