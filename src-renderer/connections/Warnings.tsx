import styles from './Connections.module.css';

/** What works but should be looked at, each once. */
export function Warnings({ texts }: { texts: readonly string[] }) {
  const different = [...new Set(texts)];
  if (different.length === 0) return null;
  return (
    <ul className={styles.warnings} aria-label="Warnings">
      {different.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
