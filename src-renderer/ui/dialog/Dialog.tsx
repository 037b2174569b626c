import { type ReactNode, useId, useRef } from 'react';
import { useFailuresSince } from '../feedback';
import { Button } from '../form';
import { Icon } from '../icons';
import styles from './Dialog.module.css';
import { useModal } from './use-modal';

interface DialogProps {
  title: string;
  onClose(): void;
  /** What the person can decide; a button to leave is always there. */
  actions?: ReactNode;
  closeLabel?: string;
  /** Not called again before what it began has ended: a second press of a button or of Enter is the same one. */
  onSubmit?(): unknown;
  children: ReactNode;
}

/** A question that has to be answered before going on: modal, closed by Escape, focus comes back where it was. */
export function Dialog({ title, onClose, actions, closeLabel = 'Cancel', onSubmit, children }: DialogProps) {
  const dialog = useModal();
  const titleId = useId();
  const isUnderWay = useRef(false);
  const failure = useFailuresSince().at(-1);

  async function submit() {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    try {
      await onSubmit?.();
    } finally {
      isUnderWay.current = false;
    }
  }

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2 id={titleId}>{title}</h2>
        <div className={styles.body}>{children}</div>
        <div role="alert" className={styles.problems}>
          {failure && (
            <p className={styles.problem}>
              <Icon name="error" />
              <span>{failure.text}</span>
            </p>
          )}
        </div>
        <footer className={styles.actions}>
          <Button onClick={onClose}>{closeLabel}</Button>
          {actions}
        </footer>
      </form>
    </dialog>
  );
}
