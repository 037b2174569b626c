import type { Session } from '../../../src-main/platform/auth/contract';
import { api } from '../../api';
import { ago, attempt, Badge, Button, count, Loaded, Panel } from '../../ui';
import styles from '../Settings.module.css';
import { refreshSessions, useSessions } from './use-account';

/** Who is logged in, and the way out for each. */
export function Sessions() {
  const sessions = useSessions();
  const endOthers = () =>
    attempt(
      () => api.auth.endOtherSessions({}),
      ({ ended }) => {
        void refreshSessions();
        return `${count(ended, 'session')} ended.`;
      },
    );
  return (
    <Panel
      title="Who is logged in"
      actions={
        <Button look="danger" onClick={() => void endOthers()}>
          Log all others out
        </Button>
      }
    >
      <Loaded of={sessions} lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.muted}>No browser is logged in.</p>
          ) : (
            <ul className={styles.keys} aria-label="Sessions">
              {items.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function SessionRow({ session: { id, userAgent, address, createdAt, lastUsedAt, isCurrent } }: { session: Session }) {
  const device = deviceOf(userAgent);
  const end = () =>
    attempt(
      () => api.auth.endSession({ id }),
      () => {
        void refreshSessions();
        return `${device} was logged out.`;
      },
    );
  return (
    <li>
      <div>
        <strong title={userAgent}>{device}</strong> {isCurrent && <Badge tone="accent">this one</Badge>}
        <p className={styles.muted}>
          {address && `from ${address}, `}logged in {ago(createdAt)}, used {ago(lastUsedAt)}
        </p>
      </div>
      {!isCurrent && (
        <Button aria-label={`Log out ${device} from ${address}`} onClick={() => void end()}>
          Log out
        </Button>
      )}
    </li>
  );
}

const BROWSERS = ['Firefox', 'Edg', 'OPR', 'Chrome', 'Safari', 'curl'] as const;
const NAMES: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera' };
const SYSTEMS = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'] as const;

/** `Firefox on Linux`; the whole text where it is none of those that are known. */
function deviceOf(userAgent: string): string {
  const browser = BROWSERS.find((each) => userAgent.includes(`${each}/`));
  const system = SYSTEMS.find((each) => userAgent.includes(each));
  if (!browser) return userAgent || 'A program without a name';
  return [NAMES[browser] ?? browser, system].filter(Boolean).join(' on ');
}
