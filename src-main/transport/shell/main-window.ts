import type { BrowserWindow } from 'electron';
import type { ShellPaths, Toolkit } from './desktop-parts';

/** Opens the one window, hidden until its page has something to show. */
export function openMainWindow({ BrowserWindow, app }: Toolkit, paths: ShellPaths, isHidden: boolean): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Tonearm',
    width: 1240,
    height: 840,
    minWidth: 380,
    minHeight: 480,
    show: false,
    backgroundColor: '#171412',
    autoHideMenuBar: true,
    webPreferences: {
      preload: paths.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => {
    if (!isHidden) window.show();
  });
  void window.loadURL('app://ui/');
  return window;
}

/** Brings the window to the front, wherever it is. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
