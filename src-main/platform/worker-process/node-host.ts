import { type ChildProcess, fork } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import {
  programOf,
  type WorkerChannel,
  type WorkerExit,
  type WorkerHost,
  type WorkerOptions,
  type WorkerPrograms,
} from './worker-host';
import { rightsOf, workerEnvironment } from './worker-rights';

/**
 * Workers as forks of this Node, with the rights that they need and an environment without secrets.
 *
 * @param log told each line that a worker writes to its output; a native library has no other way to complain
 */
export function createNodeHost(programs: WorkerPrograms, log: (line: string) => void = () => {}): WorkerHost {
  return {
    async spawn<To, From>(kind: string, { name, reads = [] }: WorkerOptions) {
      const program = programOf(programs, kind);
      const child = fork(program.entry, [], {
        cwd: dirname(program.entry),
        env: workerEnvironment(),
        serialization: 'advanced',
        execArgv: [...rightsOf(program, reads), ...program.flags],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      for (const output of [child.stdout, child.stderr]) {
        if (output) createInterface({ input: output }).on('line', (line) => log(`${name}: ${line}`));
      }
      return channelTo<To, From>(child);
    },
  };
}

function channelTo<To, From>(child: ChildProcess): WorkerChannel<To, From> {
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
      if (child.connected) child.send(message as object, () => {});
    },
    onMessage(listen) {
      const receive = (message: unknown) => listen(message as From);
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
