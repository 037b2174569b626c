import { readInstance } from '../../../platform/auth';
import type { AppPaths } from '../../../platform/paths';
import type { Caller, Route } from '../../../rpc';
import { AppError } from '../../../rpc';
import { type Api, apiOf } from './api';
import { findRunning } from './remote';

/** The library as a command sees it: in the application that runs, or opened by the command itself. */
export interface LibraryAccess {
  readonly api: Api;
  /** Somebody else's process does the work, and goes on with it when the command ends. */
  readonly isRemote: boolean;
  /** Begins to work on the queue; nothing to do where the application runs already. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** What a command needs of an application that it opens itself. */
export interface LocalApp {
  readonly routes: readonly Route[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Finds the running application, else opens the library here. */
export async function connect(
  paths: AppPaths,
  openApp: (paths: AppPaths) => Promise<LocalApp>,
): Promise<LibraryAccess> {
  const running = await findRunning(readInstance(paths.instanceFile));
  if (running) return { api: running.api, isRemote: true, start: async () => {}, close: async () => {} };
  const app = await openApp(paths);
  return { api: localApi(app.routes), isRemote: false, start: () => app.start(), close: () => app.stop() };
}

/** The routes of an application in this very process. */
export function localApi(routes: readonly Route[]): Api {
  const byName = new Map(routes.map((route) => [route.name, route]));
  const caller: Caller = { transport: 'cli' };
  return apiOf(async (name, _procedure, input) => {
    const route = byName.get(name);
    if (!route) throw new AppError('not_found', `There is no procedure ${name}.`);
    const outcome = await route.call(input, caller);
    if (outcome.ok) return outcome.value;
    const { code, message, details } = outcome.error;
    throw new AppError(code, message, { details });
  });
}
