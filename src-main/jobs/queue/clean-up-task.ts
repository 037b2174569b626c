import type { ScheduledTask } from '../../platform/scheduler';
import type { SettingsStore } from '../../platform/settings';
import type { QueueSettings } from './contract';
import type { Queue } from './queue';

const DAY_MS = 86_400_000;

/** Removes each day the jobs that ended longer ago than the settings keep them. */
export const jobCleanUpTask = (
  queue: Pick<Queue, 'cleanUp'>,
  settings: Pick<SettingsStore<QueueSettings>, 'current'>,
): ScheduledTask => ({
  name: 'queue.clean-up',
  label: 'Remove old jobs from the queue',
  schedule: { everyMs: DAY_MS },
  missed: 'run',
  run: () => queue.cleanUp(settings.current.job_retention_hours),
});
