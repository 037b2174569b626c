import type { EventName, Events } from '../../../app/contract';

/** An event of the application with what it carries. */
export type StreamEvent = { [N in EventName]: { readonly name: N; readonly payload: Events[N] } }[EventName];

/** The name on the stream: those that Nomarr's documents describe, and our own in the same manner. */
export function topicOf(event: StreamEvent): string {
  switch (event.name) {
    case 'queue.status':
      return 'queue:status';
    case 'job.changed':
      return 'queue:jobs';
    case 'worker.changed':
      return `${event.payload.component}:status`;
    case 'health.changed':
      return 'system:health';
    default:
      return event.name.replace('.', ':');
  }
}

/** What Nomarr's own server called it, sent besides to a client that asks with `?legacy=1`. */
export function legacyNameOf(event: StreamEvent): string | undefined {
  switch (event.name) {
    case 'queue.status':
      return 'queue_update';
    case 'job.changed':
      return 'processing_update';
    case 'worker.changed':
      return 'worker_update';
    default:
      return undefined;
  }
}

/** Whether a list of wanted topics covers this one; `*` stands for any part, and an empty list for everything. */
export function isWanted(topics: readonly string[], topic: string): boolean {
  return topics.length === 0 || topics.some((wanted) => covers(wanted, topic));
}

/** Each part at the first place where it fits: as a regular expression, a dozen `*` would take seconds to fail. */
function covers(wanted: string, topic: string): boolean {
  const [first, ...rest] = wanted.split('*');
  const last = rest.pop();
  if (last === undefined) return wanted === topic;
  if (!topic.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = topic.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return topic.length - last.length >= at && topic.endsWith(last);
}
