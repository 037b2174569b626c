import { jobCleanUpTask } from '../jobs/queue';
import { sessionCleanUpTask } from '../platform/auth';
import { dailyBackupTask } from '../platform/backups';
import type { ScheduledTask } from '../platform/scheduler';
import type { Integrations } from './integrations';
import type { JobRunnersPart } from './job-runners';
import type { PlatformServices } from './platform-services';

export interface ScheduledTasksParts {
  readonly base: PlatformServices;
  readonly jobs: JobRunnersPart;
  readonly integrations: Integrations;
}

/** Everything that is done by the clock, one line each; libraries add the regular checks that each of them wants. */
export const scheduledTasksOf = ({ base, jobs, integrations }: ScheduledTasksParts): readonly ScheduledTask[] => [
  dailyBackupTask(base.backups, base.health),
  sessionCleanUpTask(base.auth),
  jobCleanUpTask(jobs.queue, base.settings),
  jobs.libraries.onlineCheckTask,
  ...integrations.connections.tasks,
];
