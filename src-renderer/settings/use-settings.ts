import type { Settings } from '../../src-main/app/contract';
import { api, keyOf, queryClient, useCall } from '../api';
import { attempt } from '../ui';

export const useSettings = () => useCall(api.settings.get, {}, { refreshOn: 'settings.changed' });

export const changeSettings = (changes: Partial<Settings>) =>
  attempt(
    () => api.settings.update(changes),
    (settings) => {
      queryClient.setQueryData(keyOf(api.settings.get, {}), settings);
      return 'Saved.';
    },
  );

export const useBackups = () => useCall(api.backups.list, {});
export const refreshBackups = () => queryClient.invalidateQueries({ queryKey: keyOf(api.backups.list) });
