/** The desktop around the application: window, tray, dialogs, its own protocol, one instance, an orderly end. */

export { runDesktop } from './desktop';
export type { RunningApp } from './desktop-parts';
