import type { RunScope } from '../../../jobs/queue';
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
  /** Settles what a crash left open; the application that runs already did so. */
  recover(): Promise<void>;
  /**
   * Works on the jobs of a batch, and on no others; the application that runs does so by itself. Gives how many of them
   * had been queued by others before.
   */
  work(scope: RunScope): Promise<number>;
  /** Begins no more jobs of ours and waits for those that run: only then are the sums of a batch final. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

/** What a command needs of an application that it opens itself. */
export interface LocalApp {
  readonly routes: readonly Route[];
  recover(): Promise<void>;
  work(scope: RunScope): Promise<number>;
  rest(): Promise<void>;
  stop(): Promise<void>;
}

/** Finds the running application, else opens the library here. */
export async function connect(
  paths: AppPaths,
  openApp: (paths: AppPaths) => Promise<LocalApp>,
): Promise<LibraryAccess> {
  const running = await findRunning(paths);
  if (running) return { api: running.api, isRemote: true, ...NOTHING_TO_DO };
  const { routes, recover, work, rest, stop: close } = await openApp(paths);
  return { api: await localApi(routes), isRemote: false, recover, work, rest, close };
}

const NOTHING_TO_DO = { recover: async () => {}, work: async () => 0, rest: async () => {}, close: async () => {} };

/** The routes of an application in this very process. */
export function localApi(routes: readonly Route[]): Promise<Api> {
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
