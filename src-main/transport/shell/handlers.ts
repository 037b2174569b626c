import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { AUDIO_EXTENSIONS } from '../../analysis/audio';
import type { HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import type { shellContract } from './contract';
import { ask, type RunningApp, type Toolkit } from './desktop-parts';
import { type LibraryFolder, planDrop } from './drop-plan';

interface ShellParts {
  toolkit: Pick<Toolkit, 'dialog' | 'shell'>;
  app: RunningApp;
  window(): BrowserWindow;
}

/** What only a desktop can answer: its dialogs, its file manager, and what was dropped. */
export function shellHandlers({
  toolkit: { dialog, shell },
  app,
  window,
}: ShellParts): HandlersOf<typeof shellContract> {
  let lastFolder: string | undefined;
  return {
    async pickFolder({ title }) {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        title,
        defaultPath: lastFolder,
        properties: ['openDirectory'],
      });
      lastFolder = filePaths[0] ?? lastFolder;
      return { path: filePaths[0] ?? null };
    },
    async pickFiles() {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        defaultPath: lastFolder,
        properties: ['openFile', 'multiSelections'],
        filters: [{ name: 'Audio', extensions: AUDIO_EXTENSIONS.map((extension) => extension.slice(1)) }],
      });
      return { paths: filePaths };
    },
    async planDrop({ paths }) {
      return planDrop(paths, await ask<LibraryFolder[]>(app, 'libraries.list'));
    },
    async saveText({ fileName, content }) {
      const defaultPath = lastFolder ? join(lastFolder, basename(fileName)) : basename(fileName);
      const { canceled, filePath } = await dialog.showSaveDialog(window(), { defaultPath });
      if (canceled || !filePath) return { path: null };
      await writeFile(filePath, content).catch((cause) => {
        throw new AppError('not_writable', `${filePath} cannot be written (${cause.code}).`, { cause });
      });
      return { path: filePath };
    },
    async reveal({ trackId }) {
      const { track } = await ask<{ track: { absolutePath: string } }>(app, 'tracks.get', { id: trackId });
      shell.showItemInFolder(track.absolutePath);
      return { shown: true };
    },
  };
}
