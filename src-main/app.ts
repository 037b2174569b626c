import { createAnswers } from './answers';
import { contract } from './contract';
import { type AppHost, createFoundation } from './foundation';
import { createListening } from './listening';
import { withNomarrPaths } from './nomarr';
import { createOutside } from './outside';
import type { AppPaths } from './paths';
import { routesOfAll } from './routes';
import { createWork } from './work';

export type { AppHost } from './foundation';

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
