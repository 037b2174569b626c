import type { Connection } from '../../src-main/servers/connections/contract';
import { api } from '../api';
import { attempt } from '../ui';

export const scanNavidrome = ({ id, name }: Connection, full: boolean) =>
  attempt(
    () => api.navidrome.scan({ id, full }),
    () => `${name} scans ${full ? 'everything anew' : 'what is new'}.`,
  );

export const checkPublications = ({ id }: Connection) =>
  attempt(
    () => api.publishing.check({ id }),
    (found) => {
      const changed = found.filter(({ state }) => state !== 'published').length;
      return changed === 0 ? 'All are as they were published.' : `${changed} of ${found.length} were changed there.`;
    },
  );
