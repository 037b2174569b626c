import { EVENT_SCHEMAS } from '../../src-main/events/contract';
import type { EventListener } from './transport';

/** Documented names of the stream that differ from ours; all others are ours with `:` for `.`. */
const DOCUMENTED: Readonly<Record<string, string>> = {
  'queue:jobs': 'job.changed',
  'system:health': 'health.changed',
};

/** Events over HTTP. `resync` is told after a gap that could not be filled: everything has to be asked for again. */
export function listenToStream(listener: EventListener): () => void {
  const source = new EventSource('/api/web/events/status');
  const streamed = Object.keys(EVENT_SCHEMAS).map((name) => name.replaceAll('.', ':'));
  for (const name of new Set([...streamed, ...Object.keys(DOCUMENTED)])) {
    source.addEventListener(name, (event) => {
      listener(DOCUMENTED[name] ?? name.replaceAll(':', '.'), JSON.parse(String(event.data)));
    });
  }
  let wasOpen = false;
  source.addEventListener('open', () => {
    if (wasOpen) listener('resync', {});
    wasOpen = true;
    listener('connection', { isOpen: true });
  });
  source.addEventListener('error', () => listener('connection', { isOpen: false }));
  source.addEventListener('resync', () => listener('resync', {}));
  return () => source.close();
}
