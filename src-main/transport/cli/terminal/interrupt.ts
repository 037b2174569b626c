import { EXIT } from './exit-codes';

// A terminal sends Ctrl+C to the launcher and to us, and the launcher hands it on: the second one is the same press.
const SAME_PRESS_MS = 500;

/**
 * A signal that aborts at Ctrl+C, when asked to end, or when nobody can read the result any more; a second press ends at
 * once.
 */
export function onInterrupt(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  let first = 0;
  const listen = () => {
    if (first > 0 && performance.now() - first > SAME_PRESS_MS) process.exit(EXIT.interrupted);
    first ||= performance.now();
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const outputFailed = () => controller.abort();
  for (const name of signals) process.on(name, listen);
  process.stdout.on('error', outputFailed);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, listen);
      process.stdout.off('error', outputFailed);
    },
  };
}
