import { type ReactNode, useState } from 'react';
import { Button, Dialog, RemovalDialog, TextField } from '../../ui';
import type { Specimens } from './specimen';

/** Open at once, and again when asked. */
function Opened({ children }: { children: (close: () => void) => ReactNode }) {
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open it again</Button>
      {isOpen && children(() => setOpen(false))}
    </>
  );
}

function NameField() {
  const [name, setName] = useState('Music');
  return <TextField label="Name" hint="As it is called here." value={name} onChange={setName} />;
}

const PARAGRAPHS = Array.from(
  { length: 12 },
  (_, index) => `Paragraph ${index + 1} of a text that has to be scrolled.`,
);

const save = (
  <Button look="primary" type="submit">
    Save
  </Button>
);

export const dialogs = {
  Dialog: [
    {
      state: 'with a field and an action',
      pageHeight: 320,
      show: (
        <Opened>
          {(close) => (
            <Dialog title="Settings of Music" onClose={close} onSubmit={close} actions={save}>
              <NameField />
            </Dialog>
          )}
        </Opened>
      ),
    },
    {
      state: 'only to be read',
      pageHeight: 240,
      show: (
        <Opened>
          {(close) => (
            <Dialog title="Exported" onClose={close} closeLabel="Close">
              <p>The playlist lies in the folder.</p>
            </Dialog>
          )}
        </Opened>
      ),
    },
    {
      state: 'busy',
      pageHeight: 240,
      show: (
        <Opened>
          {(close) => (
            <Dialog
              title="Connecting"
              onClose={close}
              actions={
                <Button look="primary" isBusy>
                  Save and test
                </Button>
              }
            >
              <p>The server is asked who it is.</p>
            </Dialog>
          )}
        </Opened>
      ),
    },
    {
      state: 'long text',
      pageHeight: 420,
      show: (
        <Opened>
          {(close) => (
            <Dialog
              title="What a title is that has to say so much that it does not fit on one line"
              onClose={close}
              actions={save}
            >
              <NameField />
              {PARAGRAPHS.map((text) => (
                <p key={text}>{text}</p>
              ))}
            </Dialog>
          )}
        </Opened>
      ),
    },
  ],
  RemovalDialog: [
    {
      state: 'default',
      pageHeight: 280,
      show: (
        <Opened>
          {(close) => (
            <RemovalDialog title="Remove Music?" action="Remove it" remove={async () => true} onClose={close}>
              <p>Its tracks and their analyses are forgotten. The files stay as they are.</p>
            </RemovalDialog>
          )}
        </Opened>
      ),
    },
  ],
} satisfies Specimens;
