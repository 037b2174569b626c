import type { Connection } from '../../src-main/servers/connections/contract';
import type { EventStatus, InboundEvent } from '../../src-main/servers/webhooks-in/contract';
import { connectionStyles as styles } from '../connections';
import { ago, Badge, Button, Loaded, moment, type Tone } from '../ui';
import { catchUp, replayEvent } from './lidarr-actions';
import { useInbound } from './use-lidarr';

const STATES: Readonly<Record<EventStatus, readonly [Tone, string]>> = {
  pending: ['calm', 'waits'],
  waiting: ['calm', 'waits for the file to rest'],
  done: ['good', 'done'],
  ignored: ['calm', 'nothing to do'],
  duplicate: ['calm', 'told twice'],
  unmapped: ['warn', 'folder not known'],
  failed: ['bad', 'failed'],
  refused: ['bad', 'not understood'],
};
const AGAIN: readonly EventStatus[] = ['done', 'failed', 'ignored', 'unmapped'];

/** The recent events of a server, and what became of it. */
export function Events({ connection, caughtUpAt }: { connection: Connection; caughtUpAt: string | null }) {
  const events = useInbound(connection.id);
  return (
    <section aria-label={`Events of ${connection.name}`}>
      <h3>Recent events</h3>
      <p className={styles.muted}>
        {caughtUpAt ? `Its history was read ${ago(caughtUpAt)}` : 'Its history was not read yet'}; what no webhook told
        is found there.
      </p>
      <Button icon="refresh" onClick={() => void catchUp(connection.id)}>
        Read its history now
      </Button>
      <Loaded of={events} lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.muted}>Nothing yet.</p>
          ) : (
            <ul className={styles.events}>
              {items.map((event) => (
                <Line key={event.id} event={event} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function Line({ event: { id, eventType, status, message, receivedAt, via } }: { event: InboundEvent }) {
  const [tone, text] = STATES[status];
  return (
    <li>
      <strong>{eventType || 'Something'}</strong> <Badge tone={tone}>{text}</Badge>{' '}
      <time className={styles.muted} dateTime={receivedAt} title={moment(receivedAt)}>
        {ago(receivedAt)} by {via}.
      </time>{' '}
      <span className={styles.muted}>{message}</span>
      {AGAIN.includes(status) && (
        <Button icon="retry" isIconOnly look="quiet" onClick={() => void replayEvent(id)}>
          {`Do event ${id} once more`}
        </Button>
      )}
    </li>
  );
}
