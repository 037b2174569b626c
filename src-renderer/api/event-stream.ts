import { EVENTS } from '../../src-main/app/contract';
import type { EventListener } from './transport';

/** Documented names of the stream that differ from ours; all others are ours with `:` for `.`. */
const DOCUMENTED: Readonly<Record<string, string>> = {
  'queue:jobs': 'job.changed',
  'system:health': 'health.changed',
};

/** The browser comes back by itself after a break, but never after a refusal, such as one stream too many. */
const AFTER_REFUSAL_MS = 20_000;

/** Events over HTTP. `resync` is told after a gap that could not be filled: everything has to be asked for again. */
export function listenToStream(listener: EventListener): () => void {
  const streamed = Object.keys(EVENTS).map((name) => name.replaceAll('.', ':'));
  let hasGap = false;
  let timer: number | undefined;
  let source = open();

  function open(): EventSource {
    const opened = new EventSource('api/web/events/status');
    for (const name of new Set([...streamed, ...Object.keys(DOCUMENTED)])) {
      opened.addEventListener(name, (event) => {
        listener(DOCUMENTED[name] ?? name.replaceAll(':', '.'), JSON.parse(String(event.data)));
      });
    }
    opened.addEventListener('open', () => {
      if (hasGap) listener('resync', {});
      hasGap = true;
    });
    opened.addEventListener('resync', () => listener('resync', {}));
    opened.addEventListener('error', () => {
      hasGap = true;
      if (opened.readyState !== EventSource.CLOSED) return;
      timer = window.setTimeout(() => {
        source = open();
      }, AFTER_REFUSAL_MS);
    });
    return opened;
  }

  return () => {
    window.clearTimeout(timer);
    source.close();
  };
}
