import type Electron from 'electron';
import { app } from './app';
import { pretended, windows } from './browser-window';
import { record } from './record';
import { answers, powerMonitor, trayMenu } from './system';

/** What a test may ask of the process that runs the stand-in. */
export type Command =
  | { do: 'record' }
  | { do: 'menu' }
  | { do: 'click'; label: string }
  | { do: 'answer'; openDialog?: string[]; messageBox?: number }
  | { do: 'pretend'; url: string | undefined }
  | { do: 'close window' }
  | { do: 'power'; event: string }
  | { do: 'second instance'; files: string[] }
  | { do: 'window state' };

process.on('message', ({ id, command }: { id: number; command: Command }) => {
  process.send?.({ id, value: carryOut(command) });
});

const labelsOf = (menu: Electron.MenuItemConstructorOptions[]) =>
  menu.map(({ label, type, enabled }) => (type === 'separator' ? '—' : `${label}${enabled === false ? ' (off)' : ''}`));

function carryOut(command: Command): unknown {
  switch (command.do) {
    case 'record':
      return JSON.parse(JSON.stringify(record));
    case 'menu':
      return labelsOf(trayMenu);
    case 'click': {
      const click = trayMenu.find(({ label }) => label === command.label)?.click as (() => void) | undefined;
      click?.();
      return click !== undefined;
    }
    case 'answer':
      Object.assign(answers, command);
      return null;
    case 'pretend':
      pretended.url = command.url;
      return null;
    case 'close window':
      return windows[0]?.tryToClose();
    case 'power':
      return powerMonitor.emit(command.event);
    case 'second instance':
      return app.emit('second-instance', {}, [], '', { v: 1, files: command.files });
    case 'window state':
      return { isShown: windows[0]?.isShown, isClosed: windows[0]?.isClosed };
  }
}
