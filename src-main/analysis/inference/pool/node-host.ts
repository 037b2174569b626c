import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { FromWorker } from '../worker';
import type { WorkerChannel, WorkerExit, WorkerHost } from './worker-host';

/**
 * Sound passes through as many short-lived buffers, which lie outside the heap and go only when it is collected: with
 * room for few of them it is collected often, and three hours of Ogg take 222 MB in place of 363. Collecting on the
 * worker's own thread leaves the other cores to the other workers; collecting at once, where nobody waits for a frame,
 * costs less than in many small steps.
 */
export const WORKER_FLAGS: readonly string[] = [
  '--max-semi-space-size=4',
  '--single-threaded-gc',
  '--no-incremental-marking',
];

/**
 * Workers as forks of this Node.
 *
 * @param entry the worker's script
 * @param log told each line that a worker writes to its output; a native library has no other way to complain
 */
export function createNodeHost(entry: string, log: (line: string) => void = () => {}): WorkerHost {
  return {
    async spawn(_kind, { name }) {
      const child = fork(entry, [], {
        serialization: 'advanced',
        execArgv: [...WORKER_FLAGS],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      for (const output of [child.stdout, child.stderr]) {
        if (output) createInterface({ input: output }).on('line', (line) => log(`${name}: ${line}`));
      }
      return channelTo(child);
    },
  };
}

function channelTo(child: ChildProcess): WorkerChannel {
  const listeners = new Set<(exit: WorkerExit) => void>();
  let exit: WorkerExit | undefined;
  const end = (how: WorkerExit) => {
    if (exit) return;
    exit = how;
    for (const listen of listeners) listen(how);
  };
  child.on('exit', (code, signal) => {
    const reason = signal === 'SIGKILL' ? 'killed' : signal ? 'crashed' : 'exited';
    end({ code, signal: signal ?? undefined, reason });
  });
  child.on('error', () => {
    if (child.pid === undefined) end({ code: null, reason: 'launch-failed' });
  });
  return {
    post: (message) => {
      // The callback takes the error of a channel that closed in the meantime; the exit tells the same.
      if (child.connected) child.send(message, () => {});
    },
    onMessage(listen) {
      const receive = (message: unknown) => listen(message as FromWorker);
      child.on('message', receive);
      return () => child.off('message', receive);
    },
    onExit(listen) {
      if (exit) listen(exit);
      else listeners.add(listen);
      return () => listeners.delete(listen);
    },
    kill: () => child.kill('SIGKILL'),
    get pid() {
      return child.pid;
    },
  };
}
