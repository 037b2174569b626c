import { withNomarrPaths } from '../compat/nomarr';
import type { RunScope } from '../jobs/queue';
import type { AppPaths } from '../platform/paths';
import { routesOfAll } from '../rpc';
import { createAnalysisService } from './analysis-service';
import { contract } from './contract';
import { ERROR_FAMILIES } from './error-families';
import { createHandlers } from './handlers';
import { createIntegrations } from './integrations';
import { createJobRunners } from './job-runners';
import { keepKeysToConnections } from './keys-of-connections';
import { type AppHost, createPlatformServices } from './platform-services';
import { scheduledTasksOf } from './scheduled-tasks';

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

  for (const task of scheduledTasksOf({ base, jobs, integrations })) base.scheduler.add(task);

  const { events, auth, settings, log, health, backups, scheduler, report } = base;
  const reportRoute = (route: string, thrown: unknown) =>
    log.error({ err: thrown, route }, 'a call failed unexpectedly');

  return {
    routes: keepKeysToConnections(
      withNomarrPaths(routesOfAll(contract, handlers, reportRoute)),
      integrations.connections.connectionOfKey,
    ),
    errorFamilies: ERROR_FAMILIES,
    events,
    auth,
    settings,
    log,
    scheduledTasks: scheduler.list,
    /** The state, which a new client of the event stream gets first. */
    snapshot: () => [
      { name: 'queue.status' as const, payload: jobs.queue.status() },
      { name: 'health.changed' as const, payload: health.current() },
    ],
    /** Recovers from a crash, then begins to work. */
    async start(): Promise<void> {
      await jobs.recover();
      analysis.start(jobs.sampleFiles);
      jobs.start();
      integrations.connections.start();
      jobs.catchUp().catch(report);
    },
    /** Settles what a crash left; for commands that do not work on the queue. */
    async recover(): Promise<void> {
      await jobs.recover();
    },
    /**
     * Recovers from a crash, then works on the jobs of one batch alone, for a command that does not stay; gives how many
     * of them were pending for others. Where it must not write, nothing else that might is begun.
     */
    async work(scope: RunScope): Promise<number> {
      await jobs.recover();
      analysis.start(jobs.sampleFiles);
      const joined = jobs.start(scope);
      if (scope.writesTags) integrations.connections.start();
      return joined;
    },
    /** Lets the jobs that run end and begins no others; what did not end in time is pending again. */
    rest: (): Promise<void> => jobs.rest(),
    /**
     * Begins to notice what happens to the libraries between scans, and to do what is scheduled; a short run of the
     * command line does neither.
     */
    watch(): void {
      jobs.libraries.watch();
      backups.start();
      scheduler.start();
    },
    /** Lets what runs end, then closes everything in the reverse order of its making. */
    async stop(): Promise<void> {
      await scheduler.stop();
      await integrations.connections.stop();
      await jobs.stop();
      await analysis.stop();
      await base.close();
    },
  };
}
export type App = Awaited<ReturnType<typeof createApp>>;
