/**
 * A stand-in for Electron, so that the real main process, preload and page run in a system Chromium on machines
 * without Electron's binary. It proves our logic, not Electron's: no separate JavaScript world, no operating-system
 * widgets, no sandbox.
 */
export { app } from './app';
export { BrowserWindow } from './browser-window';
export { ipcMain } from './ipc-main';
export { protocol, session } from './pages';
export { safeStorage } from './safe-storage';
export { dialog, Menu, Notification, nativeImage, powerMonitor, shell, Tray } from './system';
export { utilityProcess } from './utility-process';

import './remote-control';
