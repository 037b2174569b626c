import { type ReactNode, useId } from 'react';
import { Button, Form } from '../form';
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
      <Form className={styles.form} onSubmit={onSubmit} lead={<h2 id={titleId}>{title}</h2>} isModal>
        <div className={styles.body}>{children}</div>
        <footer className={styles.actions}>
          <Button onClick={onClose}>{closeLabel}</Button>
          {actions}
        </footer>
      </Form>
    </dialog>
  );
}
