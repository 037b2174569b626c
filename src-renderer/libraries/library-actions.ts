import type { Library, WriteMode } from '../../src-main/library/libraries/contract';
import { api, keyOf, queryClient } from '../api';
import { planWrite } from '../tagging';
import { attempt, count, tellDone } from '../ui';

const refresh = () => queryClient.invalidateQueries({ queryKey: keyOf(api.libraries.list) });

export interface NewLibrary {
  root_path: string;
  name?: string;
  writeMode?: WriteMode;
  autoWrite?: boolean;
}

/** Adds a folder and begins to look through it. */
export async function addLibrary(library: NewLibrary): Promise<boolean> {
  return attempt(async () => {
    const added = await api.libraries.add(library);
    await refresh();
    tellDone(`${added.name} was added. Looking for music in it now.`);
    if (added.state !== 'scanning') await api.libraries.scan({ id: added.id });
  });
}

export const scanLibrary = (library: Library, acceptMissing = false) =>
  attempt(
    () => api.libraries.scan({ id: library.id, acceptMissing }),
    () => {
      void refresh();
      return `Looking for changes in ${library.name}.`;
    },
  );

export const cancelScan = (library: Library) =>
  attempt(
    () => api.libraries.cancelScan({ id: library.id }),
    () => `The scan of ${library.name} stops.`,
  );

export type LibraryChanges = Partial<
  Pick<
    Library,
    'name' | 'writeMode' | 'autoWrite' | 'keepMtime' | 'hardLinks' | 'ignorePatterns' | 'watchMode' | 'pollIntervalS'
  >
>;

/** What is analyzed already is not written by the switch alone: the plan for it is offered at once. */
export const updateLibrary = (library: Library, changes: LibraryChanges) =>
  attempt(
    () => api.libraries.update({ id: library.id, ...changes }),
    ({ id, name, autoWrite, trackCount }) => {
      void refresh();
      if (autoWrite && !library.autoWrite && trackCount > 0) void planWrite({ of: 'library', library: id });
      return `${name} was changed.`;
    },
  );

export const removeLibrary = (library: Library) =>
  attempt(
    () => api.libraries.remove({ id: library.id }),
    ({ removedTracks }) => {
      void refresh();
      return `${library.name} and its ${count(removedTracks, 'entry', 'entries')} were removed. The files were kept.`;
    },
  );
