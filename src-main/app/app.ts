import { withNomarrPaths } from '../compat/nomarr';
import type { AppPaths } from '../platform/paths';
import { routesOfAll } from '../rpc';
import { createListening } from './analysis-service';
import { contract } from './contract';
import { createAnswers } from './handlers';
import { createOutside } from './integrations';
import { createWork } from './job-runners';
import { type AppHost, createFoundation } from './platform-services';

export type { AppHost } from './platform-services';

/**
 * Builds the application from its parts; they alone know the domains. Knows nothing of Electron. Until `start` it
 * answers but does not work. Throws `conflict` when another process has the same library open.
 */
export async function createApp(paths: AppPaths, host: AppHost) {
  const base = await createFoundation(paths, host);
  const listening = createListening(base, host);
  const work = createWork(base, listening);
  const outside = createOutside(base, work);
  const answers = createAnswers({ base, listening, work, outside });

  const { events, auth, log, health, backups, report } = base;
  const reportRoute = (route: string, thrown: unknown) =>
    log.error({ err: thrown, route }, 'a call failed unexpectedly');

  return {
    routes: withNomarrPaths(routesOfAll(contract, answers, reportRoute)),
    events,
    auth,
    log,
    /** The state that a new listener is told first. */
    snapshot: () => [
      { name: 'queue.status' as const, payload: work.queue.status() },
      { name: 'health.changed' as const, payload: health.current() },
    ],
    /** Settles what a crash has left, then begins to work. */
    async start(): Promise<void> {
      await work.recover();
      listening.start();
      work.start();
      outside.connections.start();
      work.catchUp().catch(report);
    },
    /** Begins to notice what happens to the libraries between scans; a short run of the command line does not. */
    watch(): void {
      work.libraries.watch();
      backups.start();
    },
    /** Lets what runs come to an end, then lets go of things in the reverse order of their making. */
    async stop(): Promise<void> {
      await outside.connections.stop();
      await work.stop();
      await listening.stop();
      await base.close();
    },
  };
}
export type App = Awaited<ReturnType<typeof createApp>>;
