import { api, isWindow } from '../api';
import { attempt, Button } from '../ui';
import { planPaths } from './drop-store';

/** The same as dropping files, for the keyboard; only the desktop can name files. */
export function AddFiles() {
  if (!isWindow) return null;
  return (
    <Button
      icon="library"
      onClick={() => void attempt(() => api.shell.pickFiles({}).then(({ paths }) => planPaths(paths)))}
    >
      Add files …
    </Button>
  );
}
