import { withNomarrPaths } from '../compat/nomarr';
import type { AppPaths } from '../platform/paths';
import { routesOfAll } from '../rpc';
import { createAnalysisService } from './analysis-service';
import { contract } from './contract';
import { ERROR_FAMILIES } from './error-families';
import { createHandlers } from './handlers';
import { createIntegrations } from './integrations';
import { createJobRunners } from './job-runners';
import { type AppHost, createPlatformServices } from './platform-services';

export type { AppHost } from './platform-services';

/**
 * Builds the application from its parts; they alone know the domains. Knows nothing of Electron. Until `start` it
 * answers but does not work. Throws `conflict` when another process has the same library open.
 */
export async function createApp(paths: AppPaths, host: AppHost) {
  const base = await createPlatformServices(paths, host);
  const analysis = createAnalysisService(base, host);
  const jobs = createJobRunners(base, analysis);
  const integrations = createIntegrations(base, jobs);
  const handlers = createHandlers({ base, analysis, jobs, integrations });

  const { events, auth, log, health, backups, report } = base;
  const reportRoute = (route: string, thrown: unknown) =>
    log.error({ err: thrown, route }, 'a call failed unexpectedly');

  return {
    routes: withNomarrPaths(routesOfAll(contract, handlers, reportRoute)),
    errorFamilies: ERROR_FAMILIES,
    events,
    auth,
    log,
    /** The state that a new listener is told first. */
    snapshot: () => [
      { name: 'queue.status' as const, payload: jobs.queue.status() },
      { name: 'health.changed' as const, payload: health.current() },
    ],
    /** Settles what a crash has left, then begins to work. */
    async start(): Promise<void> {
      await jobs.recover();
      analysis.start();
      jobs.start();
      integrations.connections.start();
      jobs.catchUp().catch(report);
    },
    /** Begins to notice what happens to the libraries between scans; a short run of the command line does not. */
    watch(): void {
      jobs.libraries.watch();
      backups.start();
    },
    /** Lets what runs come to an end, then lets go of things in the reverse order of their making. */
    async stop(): Promise<void> {
      await integrations.connections.stop();
      await jobs.stop();
      await analysis.stop();
      await base.close();
    },
  };
}
export type App = Awaited<ReturnType<typeof createApp>>;
