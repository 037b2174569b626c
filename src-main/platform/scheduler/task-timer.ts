import { AppError, toFailure } from '../../rpc';
import type { AlarmClock } from '../clock';
import type { LastRuns } from './last-runs';
import { nextRunAt } from './next-run';
import type { LastRun, ScheduledTask, TaskState } from './task';

/** A machine that slept, or whose clock was set, is not much later for it. */
const MAX_ALARM_MS = 3_600_000;

export interface TaskTimerDeps {
  readonly clock: AlarmClock;
  readonly lastRuns: LastRuns;
  /** Gets unexpected failures, for the log. */
  readonly report: (thrown: unknown) => void;
  /** 0…1, for the jitter. */
  readonly random: () => number;
  readonly timeZone?: string;
}

/** One task: waits for its next run, runs it, and keeps how that ended. */
export function createTaskTimer(task: ScheduledTask, { clock, lastRuns, report, random, timeZone }: TaskTimerDeps) {
  const { name, label, schedule, missed, delayMs = 0, jitterMs = 0, retryMs } = task;
  const stopping = new AbortController();
  let lastRun = missed === 'run' ? lastRuns.find(name) : undefined;
  let dueAt: number | null = null;
  let running: Promise<void> | undefined;
  let isOverdue = false;
  let cancelAlarm = () => {};

  const scheduledAfter = (lastAt: number | undefined) =>
    nextRunAt(schedule, lastAt, clock.now(), timeZone) + Math.floor(random() * jitterMs);

  function firstDue(): number {
    if (lastRun?.outcome === 'interrupted') return clock.now();
    const isRetried = lastRun?.outcome === 'failed' && retryMs !== undefined;
    return isRetried ? lastRun!.startedAt + retryMs : scheduledAfter(lastRun?.startedAt);
  }

  function setAlarm(): void {
    cancelAlarm();
    if (stopping.signal.aborted || dueAt === null) return;
    const leftMs = Math.min(Math.max(dueAt - clock.now(), 0), MAX_ALARM_MS);
    cancelAlarm = clock.after(leftMs, runIfDue);
  }

  function runIfDue(): void {
    // A clock that was set back must not keep a task from running for as long as it was set back.
    const atLatest = scheduledAfter(clock.now());
    if (dueAt! > atLatest) dueAt = atLatest;
    if (dueAt! <= clock.now()) {
      dueAt = scheduledAfter(clock.now());
      if (running) isOverdue = true;
      else begin();
    }
    setAlarm();
  }

  function begin(): void {
    isOverdue = false;
    const startedAt = clock.now();
    keep({ startedAt, outcome: 'running', message: null });
    const done = () => keep({ startedAt, outcome: 'done', message: null });
    const failed = (thrown: unknown) => keepFailure(startedAt, thrown);
    try {
      const ending = task.run(stopping.signal);
      if (ending instanceof Promise) running = ending.then(done, failed).finally(goOn);
      else done();
    } catch (thrown) {
      failed(thrown);
    }
  }

  function goOn(): void {
    running = undefined;
    if (isOverdue && missed === 'run' && !stopping.signal.aborted) begin();
  }

  function keepFailure(startedAt: number, thrown: unknown): void {
    if (stopping.signal.aborted) return;
    if (!(thrown instanceof AppError)) report(thrown);
    keep({ startedAt, outcome: 'failed', message: toFailure(thrown).message });
    if (retryMs === undefined) return;
    dueAt = clock.now() + retryMs;
    setAlarm();
  }

  function keep(run: LastRun): void {
    lastRun = run;
    if (missed === 'skip') return;
    try {
      lastRuns.save(name, run);
    } catch (thrown) {
      report(thrown);
    }
  }

  return {
    state: (): TaskState => ({ name, label, lastRun: lastRun ?? null, nextRunAt: dueAt }),
    start(): void {
      dueAt = Math.max(firstDue(), clock.now() + delayMs);
      runIfDue();
    },
    /** Interrupts a run; resolves when it has ended. */
    async stop(): Promise<void> {
      dueAt = null;
      cancelAlarm();
      stopping.abort(new AppError('cancelled', 'Tonearm is closing.'));
      await running;
    },
  };
}
export type TaskTimer = ReturnType<typeof createTaskTimer>;
