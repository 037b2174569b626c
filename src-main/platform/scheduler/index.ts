/**
 * Scheduler: named tasks that run at an interval or at a time of day, also when a run was missed, and never twice at
 * once. Each task is defined by the domain whose work it does. Owns the file `schedule.json`, which keeps when the tasks
 * that must not be missed ran last. It is not in the database, of which a backup is made only when it has changed.
 */
export { createLastRuns, type LastRuns } from './last-runs';
export { createScheduler, type Scheduler } from './scheduler';
export type { ScheduledTask } from './task';
