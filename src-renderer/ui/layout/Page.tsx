import { type ReactNode, useEffect } from 'react';
import styles from './Page.module.css';

interface PageProps {
  title: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  toolbar?: ReactNode;
  /** The content fills the height that is left and scrolls by itself. */
  isFilling?: boolean;
  children: ReactNode;
}

/** The frame of every screen: its title, what can be done, and its content. */
export function Page({ title, lead, toolbar, isFilling, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Tonearm`;
  }, [title]);
  return (
    <div className={`${styles.page} ${isFilling ? styles.filling : ''}`}>
      <header className={styles.header}>
        <div className={styles.words}>
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {toolbar && <div className={styles.toolbar}>{toolbar}</div>}
      </header>
      {children}
    </div>
  );
}

/** A group of things with a heading. */
export function Panel({ title, actions, children }: { title?: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.panel} aria-label={title}>
      {title && (
        <div className={styles.panelHead}>
          <h2>{title}</h2>
          {actions && <div className={styles.toolbar}>{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
