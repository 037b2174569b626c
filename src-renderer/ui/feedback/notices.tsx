import { type RefObject, useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import { Button, isTakenByForm } from '../form';
import { Icon } from '../icons';
import styles from './notices.module.css';

interface Notice {
  id: number;
  kind: 'done' | 'failed';
  text: string;
  action?: { label: string; run(): void };
  /** Seconds that it stays. */
  seconds: number;
}
interface NoticesState {
  notices: Notice[];
  next: number;
}
const useNotices = create<NoticesState>()(() => ({ notices: [], next: 1 }));

/** What was done, what failed, and what can be taken back as long as it is shown. */
const SHOWN_S = { done: 8, failed: 30, undoable: 30 } as const;
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
export const tellDone = (text: string, action?: Notice['action']) =>
  show({ kind: 'done', text, action, seconds: SHOWN_S.done });

/** Says what was taken away, and puts it back when the person did not mean it; the seconds that are left are shown. */
export const tellUndoable = (text: string, undo: () => void) =>
  show({ kind: 'done', text, action: { label: 'Undo', run: undo }, seconds: SHOWN_S.undoable });

/** Says that something failed, in the form that it is about or as a notice; that stays long enough to be read, and as long as the pointer or the focus is on it. */
export function tellFailed(error: unknown): void {
  if (isTakenByForm(error)) return;
  show({ kind: 'failed', text: error instanceof Error ? error.message : String(error), seconds: SHOWN_S.failed });
}

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

/** The seconds that are left of some, which stand still while the pointer or the focus is on the card. */
function useCountdown(seconds: number, card: RefObject<HTMLDivElement | null>, onEnd: () => void): number {
  const [left, setLeft] = useState(seconds);
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (!card.current?.matches(':hover, :focus-within')) setLeft((now) => now - 1);
    }, 1000);
    return () => window.clearInterval(timer);
  }, [card]);
  useEffect(() => {
    if (left <= 0) end.current();
  }, [left]);
  return left;
}

function Card({ notice }: { notice: Notice }) {
  const { id, kind, text, action, seconds } = notice;
  const card = useRef<HTMLDivElement>(null);
  const left = useCountdown(seconds, card, () => dismiss(id));
  return (
    <div ref={card} className={`${styles.card} ${styles[kind]}`}>
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
          {seconds > SHOWN_S.done && <span aria-hidden="true"> ({left})</span>}
        </Button>
      )}
      <Button look="quiet" icon="close" isIconOnly onClick={() => dismiss(id)}>
        Close this notice
      </Button>
    </div>
  );
}
