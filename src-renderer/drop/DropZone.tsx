import { type ReactNode, useEffect } from 'react';
import { onEvent } from '../api';
import { Icon } from '../ui';
import { DropDialog } from './DropDialog';
import styles from './DropZone.module.css';
import { hover, planPaths, takeFiles, useDropStore } from './drop-store';

/** The whole window takes files and folders. */
export function DropZone({ children }: { children: ReactNode }) {
  const isOver = useDropStore((state) => state.isOver);
  useWindowDrop();
  useEffect(() => onEvent('files.arrived', ({ paths }) => void planPaths(paths)), []);
  return (
    <>
      {children}
      {isOver && (
        <div className={styles.over} aria-hidden="true">
          <div className={styles.target}>
            <Icon name="drop" size={44} />
            <p>Drop music here</p>
            <p className={styles.hint}>You see what will happen before it does.</p>
          </div>
        </div>
      )}
      <DropDialog />
    </>
  );
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Every event is stopped: Chromium would otherwise leave the page for the file. */
function useWindowDrop() {
  useEffect(() => {
    let depth = 0;
    const count = (step: number) => (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = Math.max(0, depth + step);
      hover(depth > 0);
    };
    const handlers: Readonly<Record<string, (event: DragEvent) => void>> = {
      dragenter: count(1),
      dragleave: count(-1),
      dragover: count(0),
      drop(event) {
        event.preventDefault();
        depth = 0;
        hover(false);
        // The list is emptied after this turn, so it is copied now.
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) takeFiles(files);
      },
    };
    for (const [name, handler] of Object.entries(handlers)) window.addEventListener(name, handler as EventListener);
    return () => {
      for (const [name, handler] of Object.entries(handlers)) {
        window.removeEventListener(name, handler as EventListener);
      }
    };
  }, []);
}
