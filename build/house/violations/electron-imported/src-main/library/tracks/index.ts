/** Tracks. */
export type { App } from 'electron';
