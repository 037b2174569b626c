import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { note } from './record';

const JS_FLAGS = '--js-flags=';
const SHIM = new URL('./parent-port.mjs', import.meta.url).href;

/**
 * A fork of Node that meets what a utility process meets: a parent port instead of the channel of a fork, and of its
 * arguments only Chromium's own `--js-flags` reaching V8.
 */
export const utilityProcess = {
  fork(entry: string, args: string[] = [], options: Electron.ForkOptions = {}) {
    note('utilityProcess.fork', entry, options.serviceName);
    const flags = (options.execArgv ?? []).flatMap((argument) =>
      argument.startsWith(JS_FLAGS) ? argument.slice(JS_FLAGS.length).split(' ') : [],
    );
    const child = fork(entry, args, {
      serialization: 'advanced',
      env: options.env as NodeJS.ProcessEnv,
      execArgv: ['--import', SHIM, ...flags],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const proxy = new EventEmitter();
    child.on('message', (message) => proxy.emit('message', message));
    child.on('exit', (code) => proxy.emit('exit', code ?? 0));
    return Object.assign(proxy, {
      stdout: child.stdout,
      stderr: child.stderr,
      pid: child.pid,
      postMessage: (message: unknown) => void (child.connected && child.send(message as object)),
      kill: () => child.kill(),
    } satisfies Pick<Electron.UtilityProcess, 'stdout' | 'stderr' | 'pid' | 'postMessage' | 'kill'>);
  },
};
