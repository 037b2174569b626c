import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { note } from './record';

/** What the next dialog answers; the test sets it. */
export const answers = { openDialog: [] as string[], saveDialog: '', messageBox: 0 };

export const dialog = {
  async showOpenDialog(...args: unknown[]) {
    note('dialog.showOpenDialog', args.at(-1));
    return { canceled: answers.openDialog.length === 0, filePaths: answers.openDialog };
  },
  async showSaveDialog(...args: unknown[]) {
    note('dialog.showSaveDialog', args.at(-1));
    return { canceled: answers.saveDialog === '', filePath: answers.saveDialog };
  },
  async showMessageBox(...args: unknown[]) {
    note('dialog.showMessageBox', args.at(-1));
    return { response: answers.messageBox, checkboxChecked: false };
  },
  showErrorBox: (title, text) => note('dialog.showErrorBox', title, text),
} satisfies Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'>;

export const shell = {
  openExternal: async (url) => note('shell.openExternal', url),
  showItemInFolder: (path) => note('shell.showItemInFolder', path),
} satisfies Pick<Electron.Shell, 'openExternal' | 'showItemInFolder'>;

export const powerMonitor = new EventEmitter();

export const Menu = { buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({ template }) };

export const nativeImage = {
  createFromPath(path: string) {
    note('nativeImage.createFromPath', path);
    return { path };
  },
};

export class Notification extends EventEmitter {
  readonly #options: object;
  constructor(options: object) {
    super();
    this.#options = options;
  }
  static isSupported = () => true;
  show() {
    note('notification.show', this.#options);
  }
}
Notification.prototype satisfies { show: Electron.Notification['show'] };

/** The menu that the tray shows now. */
export let trayMenu: Electron.MenuItemConstructorOptions[] = [];

export class Tray extends EventEmitter {
  setToolTip(text: string) {
    note('tray.setToolTip', text);
  }
  setContextMenu(menu: { template: Electron.MenuItemConstructorOptions[] }) {
    trayMenu = menu.template;
  }
  destroy() {
    note('tray.destroy');
  }
}
Tray.prototype satisfies { setToolTip: Electron.Tray['setToolTip']; destroy: Electron.Tray['destroy'] };
