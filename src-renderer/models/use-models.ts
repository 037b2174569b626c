import { useEffect } from 'react';
import { create } from 'zustand';
import { api, keyOf, onEvent, queryClient, useCall } from '../api';
import { attempt, count } from '../ui';

export const useModels = () => useCall(api.models.list, {}, { refreshOn: 'models.changed' });

interface Download {
  receivedBytes: number;
  totalBytes: number | null;
}
interface DownloadsState {
  byName: Record<string, Download>;
  /** What the person asked to install and is not there yet. */
  installing: readonly string[];
}
const useDownloads = create<DownloadsState>()(() => ({ byName: {}, installing: [] }));

/** How far the download of a model is; undefined while it is not being fetched. */
export function useDownload(name: string): Download | undefined {
  useEffect(
    () =>
      onEvent('model.progress', ({ name: model, ...download }) =>
        useDownloads.setState(({ byName }) => ({ byName: { ...byName, [model]: download } })),
      ),
    [],
  );
  return useDownloads(({ byName, installing }) =>
    installing.length > 0 || byName[name]?.totalBytes !== byName[name]?.receivedBytes ? byName[name] : undefined,
  );
}

export const useIsAnyInstalling = () => useDownloads(({ installing }) => installing.length > 0);
export const useIsInstalling = (name: string) => useDownloads(({ installing }) => installing.includes(name));

const refresh = () => queryClient.invalidateQueries({ queryKey: keyOf(api.models.list) });

/** Downloads a model, or all of a backbone; the person has accepted the licence. */
export async function installModel(name: string): Promise<void> {
  useDownloads.setState(({ installing }) => ({ installing: [...installing, name] }));
  await attempt(
    () => api.models.install({ name, acceptLicence: true }),
    ({ installed }) =>
      `${count(installed.length, 'model')} installed. Analyze your tracks again to detect more in them.`,
  );
  useDownloads.setState(({ installing }) => ({ installing: installing.filter((other) => other !== name), byName: {} }));
  await refresh();
}

export const importModels = (folder: string) =>
  attempt(
    () => api.models.import({ folder }),
    ({ imported, refused }) => {
      void refresh();
      const [first] = refused;
      const left = first ? ` ${count(refused.length, 'file')} left aside: ${first.name}, ${first.reason}` : '';
      return `${count(imported.length, 'model')} imported.${left}`;
    },
  );

export const removeModel = (name: string) =>
  attempt(
    () => api.models.remove({ name }),
    ({ removed }) => {
      void refresh();
      return `${count(removed.length, 'model')} removed. What was detected with it is kept.`;
    },
  );
