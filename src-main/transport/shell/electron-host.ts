import { createInterface } from 'node:readline';
import type { UtilityProcess } from 'electron';
import {
  type WorkerChannel,
  type WorkerExit,
  type WorkerHost,
  type WorkerOptions,
  type WorkerPrograms,
  workerEnvironment,
} from '../../platform/worker-process';
import type { Toolkit } from './desktop-parts';

/**
 * Workers as utility processes of Electron; forks of Node do not exist in the packaged application. Their environment is
 * as empty as that of a fork, but Node's permissions are decided once for the whole of Electron and cannot be taken from one
 * process: what a worker may read is not held to here.
 *
 * @param log told each line that a worker writes to its output
 */
export function createElectronHost(
  { app, utilityProcess }: Pick<Toolkit, 'app' | 'utilityProcess'>,
  programs: WorkerPrograms,
  log: (line: string) => void = () => {},
): WorkerHost {
  return {
    async spawn<To, From>(kind: string, { name }: WorkerOptions) {
      const { entry, flags } = programs[kind];
      // Electron appends these to the command line and no more: V8's have to be there as Chromium reads them.
      const execArgv = [`--js-flags=${flags.join(' ')}`];
      const child = utilityProcess.fork(entry, [], {
        serviceName: name,
        stdio: 'pipe',
        execArgv,
        env: workerEnvironment(),
      });
      for (const output of [child.stdout, child.stderr]) {
        if (output) createInterface({ input: output }).on('line', (line) => log(`${name}: ${line}`));
      }
      return channelTo<To, From>(child, app, name);
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

function channelTo<To, From>(child: UtilityProcess, app: Toolkit['app'], name: string): WorkerChannel<To, From> {
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
