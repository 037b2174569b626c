import { createInterface } from 'node:readline';
import type { UtilityProcess } from 'electron';
import { WORKER_FLAGS, type WorkerChannel, type WorkerExit, type WorkerHost } from '../../analysis/inference';
import type { Toolkit } from './desktop-parts';

/**
 * Electron appends a utility process's `execArgv` to its command line and no more: flags for V8 have to be there in the
 * form that Chromium reads them in.
 */
const EXEC_ARGV = [`--js-flags=${WORKER_FLAGS.join(' ')}`];

/**
 * Workers as utility processes of Electron; forks of Node do not exist in the packaged application.
 *
 * @param entry the worker's script
 * @param log told each line that a worker writes to its output
 */
export function createElectronHost(
  { app, utilityProcess }: Pick<Toolkit, 'app' | 'utilityProcess'>,
  entry: string,
  log: (line: string) => void = () => {},
): WorkerHost {
  return {
    async spawn(_kind, { name }) {
      const child = utilityProcess.fork(entry, [], { serviceName: name, stdio: 'pipe', execArgv: EXEC_ARGV });
      for (const output of [child.stdout, child.stderr]) {
        if (output) createInterface({ input: output }).on('line', (line) => log(`${name}: ${line}`));
      }
      return channelTo(child, app, name);
    },
  };
}

const REASONS: Readonly<Record<string, WorkerExit['reason']>> = {
  crashed: 'crashed',
  oom: 'oom',
  killed: 'killed',
  'launch-failed': 'launch-failed',
  'clean-exit': 'exited',
};

function channelTo(child: UtilityProcess, app: Toolkit['app'], name: string): WorkerChannel {
  const listeners = new Set<(exit: WorkerExit) => void>();
  let exit: WorkerExit | undefined;
  let why: WorkerExit['reason'] | undefined;
  // The exit alone may report code 0 after a crash; the application knows the reason, and tells it first.
  const noteReason = (_event: unknown, details: { name?: string; serviceName?: string; reason: string }) => {
    if (details.name === name || details.serviceName === name) why = REASONS[details.reason] ?? 'gone';
  };
  app.on('child-process-gone', noteReason);
  child.on('exit', (code) => {
    if (exit) return;
    app.off('child-process-gone', noteReason);
    exit = { code, reason: why ?? (code === 0 ? 'exited' : 'crashed') };
    for (const listen of listeners) listen(exit);
  });
  return {
    post(message) {
      if (!exit) child.postMessage(message);
    },
    onMessage(listen) {
      child.on('message', listen);
      return () => child.off('message', listen);
    },
    onExit(listen) {
      if (exit) listen(exit);
      else listeners.add(listen);
      return () => listeners.delete(listen);
    },
    kill() {
      why ??= 'killed';
      // A utility process is asked to end by kill(); one that hangs in native code has to be made to.
      if (child.pid === undefined) child.kill();
      else killHard(child.pid);
    },
    get pid() {
      return child.pid;
    },
  };
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
