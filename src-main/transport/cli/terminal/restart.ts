import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Somebody may ask for a restart while the application is served; `asked` resolves then. */
export function createRestart() {
  let isAsked = false;
  let tell = () => {};
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return {
    asked,
    get isAsked(): boolean {
      return isAsked;
    },
    ask(): void {
      isAsked = true;
      tell();
    },
  };
}

/**
 * Starts this very command again, on the port that it had. Where the system can do it the new process takes the place
 * and the number of this one, so that whoever watches over it (systemd, a container) sees no end; elsewhere this one
 * stays as the parent and leaves with the exit code of its child.
 */
export async function startAgain(port: number): Promise<number> {
  const args = [...process.execArgv, ...sameArguments(process.argv.slice(1)), '--port', String(port)];
  process.removeAllListeners('warning');
  if (process.execve && process.platform !== 'win32') {
    process.execve(process.execPath, [process.execPath, ...args], process.env);
  }
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/** Without the port, which is given anew, and without opening the page a second time. */
function sameArguments(args: readonly string[]): string[] {
  return args.filter(
    (arg, index) => arg !== '--open' && arg !== '--port' && args[index - 1] !== '--port' && !arg.startsWith('--port='),
  );
}
