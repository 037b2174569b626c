import type { Events } from '../../app/contract';
import type { WholeEventBus } from '../../platform/events';
import type { KeyProtection } from '../../platform/sealing';
import type { WorkerHost, WorkerPrograms } from '../../platform/worker-process';
import type { Route } from '../../rpc';

/** The parts of Electron that the shell uses; the stand-in of the tests has the same. */
export type Toolkit = Pick<
  typeof import('electron'),
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'nativeImage'
  | 'Notification'
  | 'powerMonitor'
  | 'protocol'
  | 'safeStorage'
  | 'session'
  | 'shell'
  | 'Tray'
  | 'utilityProcess'
>;

/** The application as the shell knows it: what it answers, what it tells, and how it begins and ends. */
export interface RunningApp {
  readonly routes: readonly Route[];
  readonly events: WholeEventBus<Events>;
  start(): unknown;
  stop(): Promise<unknown>;
}

type OpenApp = (host: { workers: WorkerHost; keyring: KeyProtection; restart: () => void }) => Promise<RunningApp>;

/** How the shell comes to an application. */
export interface StartParts {
  readonly openApp: OpenApp;
  /** Puts the newest sound backup in the place of a damaged database. */
  readonly restoreLatest: () => void;
  readonly isSecondTry?: boolean;
}

/** Where the shell finds its own files, all absolute. */
export interface ShellPaths {
  /** The built page. */
  readonly ui: string;
  readonly preload: string;
  /** Icons that ship with the application. */
  readonly resources: string;
  /** What Chromium keeps; also decides which processes are the same instance. */
  readonly userData: string;
  readonly workers: WorkerPrograms;
}

/** Asks the application something by name, as the window would. Throws what it answers when that is a failure. */
export async function ask<T>(app: RunningApp, name: string, input: unknown = {}): Promise<T> {
  const route = app.routes.find((candidate) => candidate.name === name);
  const outcome = await route?.call(input, { transport: 'window' });
  if (!outcome?.ok) throw new Error(outcome?.error.message ?? `There is no procedure ${name}.`);
  return outcome.value as T;
}
