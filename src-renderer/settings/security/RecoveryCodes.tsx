import { Button, copyText, Dialog } from '../../ui';
import styles from '../Settings.module.css';

/** The codes that stand in for the app, shown this once. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose(): void }) {
  const copy = () => copyText(codes.join('\n'), 'The list');
  return (
    <Dialog
      title="Your recovery codes"
      onClose={onClose}
      closeLabel="I have kept them"
      actions={
        <Button icon="copy" look="primary" onClick={() => void copy()}>
          Copy
        </Button>
      }
    >
      <p>Each opens the page once in place of a code, when the phone is lost. They are shown this once.</p>
      <ul className={`${styles.secret} ${styles.codes}`} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </Dialog>
  );
}
