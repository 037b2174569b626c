import { useState } from 'react';
import { create } from 'zustand';
import { api, onConfirmationNeeded, useCall } from '../api';
import { attempt, Button, Dialog, TextField } from '../ui';
import { showPasskey, whyNoPasskeys } from './passkeys';

interface ConfirmationState {
  /** Told whether the person said who they are; undefined while nobody asks. */
  answer: ((isConfirmed: boolean) => void) | undefined;
}
const useConfirmation = create<ConfirmationState>()(() => ({ answer: undefined }));

// Two questions at once are one.
let asking: Promise<boolean> | undefined;
onConfirmationNeeded(() => {
  asking ??= new Promise<boolean>((answer) => useConfirmation.setState({ answer })).finally(() => {
    asking = undefined;
    useConfirmation.setState({ answer: undefined });
  });
  return asking;
});

/** Asks who the person is when something could lock the owner out and the log-in is some time ago. */
export function Confirmation() {
  const answer = useConfirmation((state) => state.answer);
  return answer && <ConfirmationDialog onEnd={answer} />;
}

function ConfirmationDialog({ onEnd }: { onEnd(isConfirmed: boolean): void }) {
  const account = useCall(api.auth.account, {});
  const [password, setPassword] = useState('');
  const canShowPasskey = (account.data?.passkeys.length ?? 0) > 0 && whyNoPasskeys() === undefined;
  const confirm = async (proof: () => Promise<Parameters<typeof api.auth.confirm>[0]>) => {
    if (await attempt(async () => api.auth.confirm(await proof()))) onEnd(true);
  };
  const byPasskey = () =>
    confirm(async () => ({ response: await showPasskey((await api.auth.confirmOptions({})).options) }));
  return (
    <Dialog
      title="Is it you?"
      onClose={() => onEnd(false)}
      onSubmit={() => confirm(async () => ({ password }))}
      actions={
        <>
          {canShowPasskey && (
            <Button icon="key" onClick={() => void byPasskey()}>
              Use a passkey
            </Button>
          )}
          <Button type="submit" look="primary" disabled={password === ''}>
            Confirm
          </Button>
        </>
      }
    >
      <p>You logged in some time ago, and this could lock you out. It is asked again after ten minutes.</p>
      <TextField
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
    </Dialog>
  );
}
