import { useState } from 'react';
import { api } from '../../api';
import { attempt, Button, Dialog, QrCode, TextField } from '../../ui';
import styles from '../Settings.module.css';
import type { Drawn } from './draw-qr';

/** A secret that an app may be told, and its picture. */
export interface Proposal {
  readonly secret: string;
  readonly picture: Drawn;
}

interface NewAuthenticatorProps {
  proposal: Proposal;
  onAdded(recoveryCodes: readonly string[]): void;
  onClose(): void;
}

/** Shows the secret to the app, and lets a code of it prove that the app has it. */
export function NewAuthenticator({ proposal: { secret, picture }, onAdded, onClose }: NewAuthenticatorProps) {
  const [code, setCode] = useState('');
  const add = () => attempt(async () => onAdded((await api.auth.addAuthenticator({ secret, code })).recoveryCodes));
  return (
    <Dialog
      title="Set up an authenticator app"
      onClose={onClose}
      onSubmit={add}
      actions={
        <Button type="submit" look="primary" disabled={code.replaceAll(/\s/g, '').length !== 6}>
          Switch on
        </Button>
      }
    >
      <p>Let the app on your phone read this picture, or type the key into it. Then enter the code that it shows.</p>
      <QrCode path={picture.path} size={picture.size} label="The key as a QR code" />
      <p className={styles.secret}>{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</p>
      <TextField name="code" label="Code" autoComplete="one-time-code" value={code} onChange={setCode} isRequired />
    </Dialog>
  );
}
