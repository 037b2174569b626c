import { EVENTS } from '../../src-main/app/contract';
import { connectionFound, connectionLost } from './connection';
import type { EventListener } from './transport';

/** Documented names of the stream that differ from ours; all others are ours with `:` for `.`. */
const DOCUMENTED: Readonly<Record<string, string>> = {
  'queue:jobs': 'job.changed',
  'system:health': 'health.changed',
};

/** The browser comes back by itself after a break, but never after a refusal, such as one stream too many. */
const AFTER_REFUSAL_MS = 20_000;
/** While the stream is silent the application is asked whether it is there: a cable that was pulled tells nothing. */
const ASK_EVERY_MS = 15_000;
const ANSWER_WITHIN_MS = 8000;

/** Events over HTTP. `resync` is told after a gap that could not be filled: everything has to be asked for again. */
export function listenToStream(listener: EventListener): () => void {
  const streamed = Object.keys(EVENTS).map((name) => name.replaceAll('.', ':'));
  let hasGap = false;
  let timer: number | undefined;
  let source = open();
  const asking = window.setInterval(() => void ask(), ASK_EVERY_MS);

  async function ask(): Promise<void> {
    try {
      await fetch('/health', { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), cache: 'no-store' });
    } catch {
      hasGap = true;
      connectionLost();
      return;
    }
    // A stream that was cut off without a word may never tell so.
    if (hasGap || source.readyState !== EventSource.OPEN) tryNow();
  }

  function found(): void {
    const wasLost = hasGap;
    hasGap = false;
    connectionFound();
    if (wasLost) listener('resync', {});
  }

  function tryNow(): void {
    window.clearTimeout(timer);
    source.close();
    source = open();
  }

  function open(): EventSource {
    const opened = new EventSource('api/web/events/status');
    for (const name of new Set([...streamed, ...Object.keys(DOCUMENTED)])) {
      opened.addEventListener(name, (event) => {
        listener(DOCUMENTED[name] ?? name.replaceAll(':', '.'), JSON.parse(String(event.data)));
      });
    }
    opened.addEventListener('open', found);
    opened.addEventListener('resync', () => listener('resync', {}));
    opened.addEventListener('error', () => {
      hasGap = true;
      connectionLost();
      if (opened.readyState !== EventSource.CLOSED) return;
      timer = window.setTimeout(tryNow, AFTER_REFUSAL_MS);
    });
    return opened;
  }

  window.addEventListener('online', tryNow);
  window.addEventListener(TRY_AGAIN, tryNow);
  return () => {
    window.clearInterval(asking);
    window.clearTimeout(timer);
    window.removeEventListener('online', tryNow);
    window.removeEventListener(TRY_AGAIN, tryNow);
    source.close();
    connectionFound();
  };
}

const TRY_AGAIN = 'tonearm-connect';
/** Asks for the stream at once, in place of waiting for the next try. */
export const tryToConnect = (): boolean => window.dispatchEvent(new Event(TRY_AGAIN));
