import type { ReactNode } from 'react';
import { Button } from '../form';
import { Dialog } from './Dialog';

interface RemovalDialogProps {
  title: string;
  /** What the button says that removes it. */
  action: string;
  closeLabel?: string;
  /** Gives whether it was done; only then the dialog goes. */
  remove(): Promise<boolean>;
  onClose(): void;
  /** What is lost by it, and what is not. */
  children: ReactNode;
}

/** Asks once more before something is forgotten or taken away. */
export function RemovalDialog({ action, closeLabel = 'Keep it', remove, onClose, ...dialog }: RemovalDialogProps) {
  return (
    <Dialog
      {...dialog}
      onClose={onClose}
      closeLabel={closeLabel}
      actions={
        <Button look="danger" onClick={() => void remove().then((isDone) => isDone && onClose())}>
          {action}
        </Button>
      }
    />
  );
}
