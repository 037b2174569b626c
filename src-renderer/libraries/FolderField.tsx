import type { ReactNode } from 'react';
import { api, isWindow } from '../api';
import { attempt, Button, TextField } from '../ui';

interface FolderFieldProps {
  label?: string;
  hint?: ReactNode;
  name?: string;
  /** A heading for the desktop's own dialog. */
  title?: string;
  value: string;
  onChange(path: string): void;
  placeholder?: string;
  isRequired?: boolean;
}

/** A folder by its path; in the window the desktop helps to choose it. */
export function FolderField({ label = 'Folder', title = 'Choose a folder', ...field }: FolderFieldProps) {
  const choose = () =>
    attempt(async () => {
      const { path } = await api.shell.pickFolder({ title });
      if (path) field.onChange(path);
    });
  return (
    <>
      <TextField label={label} {...field} />
      {isWindow && (
        <div>
          <Button icon="folder" onClick={() => void choose()}>
            Choose a folder …
          </Button>
        </div>
      )}
    </>
  );
}
