import { useEffect } from 'react';
import { create } from 'zustand';
import { Button } from '../form';
import { Icon } from '../icons';
import styles from './notices.module.css';

interface Notice {
  id: number;
  kind: 'done' | 'failed';
  text: string;
  action?: { label: string; run(): void };
}
interface NoticesState {
  notices: Notice[];
  next: number;
}
const useNotices = create<NoticesState>()(() => ({ notices: [], next: 1 }));

const SHOWN_MS = 8000;
const SHOWN_AT_ONCE = 4;

function show(notice: Omit<Notice, 'id'>) {
  useNotices.setState(({ notices, next }) => ({
    notices: [...notices.slice(1 - SHOWN_AT_ONCE), { ...notice, id: next }],
    next: next + 1,
  }));
}
const dismiss = (id: number) =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));

/** Says that something was done, with the way back where there is one. */
export const tellDone = (text: string, action?: Notice['action']) => show({ kind: 'done', text, action });

/** Says that something failed; stays until it is closed. */
export const tellFailed = (error: unknown) =>
  show({ kind: 'failed', text: error instanceof Error ? error.message : String(error) });

/** Runs an action of a person and tells how it went; nothing when `done` gives no words. */
export async function attempt<T>(action: () => Promise<T>, done?: (value: T) => string | undefined): Promise<boolean> {
  try {
    const value = await action();
    const words = done?.(value);
    if (words) tellDone(words);
    return true;
  } catch (error) {
    tellFailed(error);
    return false;
  }
}

/** Where notices appear: politely for what was done, assertively for what failed. */
export function Notices() {
  const notices = useNotices((state) => state.notices);
  return (
    <div className={styles.corner}>
      <div role="status" aria-live="polite" aria-label="Notices">
        {notices.map((notice) => notice.kind === 'done' && <Card key={notice.id} notice={notice} />)}
      </div>
      <div role="alert">
        {notices.map((notice) => notice.kind === 'failed' && <Card key={notice.id} notice={notice} />)}
      </div>
    </div>
  );
}

function Card({ notice }: { notice: Notice }) {
  const { id, kind, text, action } = notice;
  useEffect(() => {
    if (kind === 'failed') return;
    const timer = window.setTimeout(() => dismiss(id), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [id, kind]);
  return (
    <div className={`${styles.card} ${styles[kind]}`}>
      <Icon name={kind === 'done' ? 'check' : 'error'} />
      <p className={styles.text}>
        {kind === 'failed' && <strong>That did not work. </strong>}
        {text}
      </p>
      {action && (
        <Button
          look="quiet"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <Button look="quiet" icon="close" isIconOnly onClick={() => dismiss(id)}>
        Close this notice
      </Button>
    </div>
  );
}
