import { wallClock } from '../clock';
import type { ScheduledTask, TaskState } from './task';
import { createTaskTimer, type TaskTimer, type TaskTimerDeps } from './task-timer';

export interface SchedulerDeps extends Pick<TaskTimerDeps, 'lastRuns' | 'report' | 'timeZone'> {
  readonly clock?: TaskTimerDeps['clock'];
  readonly random?: TaskTimerDeps['random'];
}

/** Runs tasks by their schedules, from `start` to `stop`. Tasks may be added and removed at any time. */
export function createScheduler({ clock = wallClock, random = Math.random, ...deps }: SchedulerDeps) {
  const timers = new Map<string, TaskTimer>();
  let isStarted = false;

  return {
    /**
     * Throws when there is a task of that name.
     *
     * @returns removes the task and interrupts its run; resolves when that has ended
     */
    add(task: ScheduledTask): () => Promise<void> {
      const { name } = task;
      if (timers.has(name)) throw new Error(`There are two scheduled tasks named "${name}".`);
      const timer = createTaskTimer(task, { ...deps, clock, random });
      timers.set(name, timer);
      if (isStarted) timer.start();
      return () => {
        if (timers.get(name) === timer) timers.delete(name);
        return timer.stop();
      };
    },
    /** Every task with its last and next run, by name. */
    list: (): TaskState[] =>
      [...timers.values()].map((timer) => timer.state()).sort((a, b) => (a.name < b.name ? -1 : 1)),
    start(): void {
      isStarted = true;
      for (const timer of timers.values()) timer.start();
    },
    /** Interrupts what runs; resolves when it has ended. */
    async stop(): Promise<void> {
      isStarted = false;
      await Promise.all([...timers.values()].map((timer) => timer.stop()));
    },
  };
}
export type Scheduler = ReturnType<typeof createScheduler>;
