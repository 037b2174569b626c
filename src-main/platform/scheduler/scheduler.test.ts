import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { aClock } from '../../../test/support/alarm-clock';
import { aScheduler, lastRunsInMemory } from '../../../test/support/scheduler';
import { temporaryFolder } from '../../../test/support/small-music';
import { AppError } from '../../rpc/errors';
import { createLastRuns } from './last-runs';
import { createScheduler } from './scheduler';
import type { ScheduledTask } from './task';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A task that notes when it ran. */
function aTask(clock: { now(): number }, given: Partial<ScheduledTask> & Pick<ScheduledTask, 'schedule'>) {
  const ran: string[] = [];
  const task: ScheduledTask = {
    ...{ name: 'a.task', label: 'Do something', missed: 'run' },
    run: () => void ran.push(new Date(clock.now()).toISOString()),
    ...given,
  };
  return { ran, task };
}

/** Moves the clock by the hour, so that each run ends before the next is due. */
async function pass(clock: ReturnType<typeof aClock>, ms: number, step = HOUR): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    clock.advance(Math.min(step, ms - passed));
    await new Promise(setImmediate);
  }
}

it('runs a task at its interval, counted from the start of the run before', async () => {
  const clock = aClock();
  const scheduler = aScheduler(clock);
  const { ran, task } = aTask(clock, { schedule: { everyMs: 6 * HOUR } });
  scheduler.add(task);
  scheduler.start();
  await pass(clock, DAY - 1);
  expect(ran).toEqual([0, 6, 12, 18].map((hours) => `2026-01-01T${`${hours}`.padStart(2, '0')}:00:00.000Z`));
});

it('runs a task at its time on its days, once and at the right hour when the clocks change', async () => {
  const timeZone = 'Europe/Berlin';
  const runsFrom = async (start: string, schedule: ScheduledTask['schedule'], days: number) => {
    const clock = aClock(Date.parse(start));
    const scheduler = aScheduler(clock, undefined, timeZone);
    const { ran, task } = aTask(clock, { schedule });
    scheduler.add(task);
    scheduler.start();
    await pass(clock, days * DAY);
    return ran.map((at) => at.slice(0, 16));
  };
  // 02:30 does not exist on the 29th of March, and exists twice on the 25th of October.
  expect(await runsFrom('2026-03-28T12:00:00Z', { at: '02:30' }, 3)).toEqual([
    ...['2026-03-29T01:00', '2026-03-30T00:30', '2026-03-31T00:30'],
  ]);
  expect(await runsFrom('2026-10-24T12:00:00Z', { at: '02:30' }, 3)).toEqual([
    ...['2026-10-25T00:30', '2026-10-26T01:30', '2026-10-27T01:30'],
  ]);
  // From a Saturday on.
  expect(await runsFrom('2026-10-24T12:00:00Z', { at: '04:00', days: ['mon', 'fri'] }, 10)).toEqual([
    ...['2026-10-26T03:00', '2026-10-30T03:00', '2026-11-02T03:00'],
  ]);
});

it('makes up once for runs that were missed while the application did not run, and skips those that may be', async () => {
  const clock = aClock(Date.parse('2026-01-01T12:00:00Z'));
  const lastRuns = lastRunsInMemory();
  const ran: string[] = [];
  const tasks = (['run', 'skip'] as const).flatMap((missed) => [
    { ...aTask(clock, { schedule: { everyMs: DAY } }).task, name: `daily.${missed}`, missed },
    { ...aTask(clock, { schedule: { at: '03:00' } }).task, name: `night.${missed}`, missed },
  ]);
  const begin = () => {
    const scheduler = aScheduler(clock, lastRuns, 'UTC');
    for (const task of tasks) scheduler.add({ ...task, run: () => void ran.push(task.name) });
    scheduler.start();
    return scheduler;
  };
  const first = begin();
  await pass(clock, DAY, MINUTE * 30);
  await first.stop();
  ran.length = 0;

  clock.advance(HOUR);
  const soon = begin();
  await pass(clock, MINUTE, MINUTE);
  // A task that may be missed begins with a run; the others ran less than a day ago.
  expect(ran).toEqual(['daily.skip']);
  await soon.stop();
  ran.length = 0;

  clock.advance(5 * DAY);
  begin();
  await pass(clock, MINUTE, MINUTE);
  expect(ran.sort()).toEqual(['daily.run', 'daily.skip', 'night.run']);
});

it('never runs a task twice at once: what is due meanwhile follows once, or is skipped where it may be', async () => {
  for (const missed of ['run', 'skip'] as const) {
    const clock = aClock();
    const scheduler = aScheduler(clock);
    const endings: (() => void)[] = [];
    const run = () => new Promise<void>((resolve) => endings.push(resolve));
    scheduler.add(aTask(clock, { schedule: { everyMs: HOUR }, missed, run }).task);
    scheduler.start();
    await pass(clock, 5 * HOUR);
    expect(endings).toHaveLength(1);
    endings[0]();
    await new Promise(setImmediate);
    expect(endings).toHaveLength(missed === 'run' ? 2 : 1);
    endings.at(-1)!();
    await pass(clock, HOUR);
    expect(endings).toHaveLength(missed === 'run' ? 3 : 2);
  }
});

it('lists each task with its last and next run, also one that failed, which it tries again soon', async () => {
  const clock = aClock();
  const scheduler = aScheduler(clock);
  let isBroken = true;
  const run = () => {
    if (isBroken) throw new AppError('disk_full', 'There is no space left.');
  };
  scheduler.add(aTask(clock, { schedule: { everyMs: DAY }, delayMs: 5 * MINUTE, retryMs: HOUR, run }).task);
  scheduler.start();
  const start = clock.now();
  const shown = { name: 'a.task', label: 'Do something' };
  expect(scheduler.list()).toEqual([{ ...shown, lastRun: null, nextRunAt: start + 5 * MINUTE }]);
  await pass(clock, 5 * MINUTE);
  const failed = { startedAt: clock.now(), outcome: 'failed', message: 'There is no space left.' };
  expect(scheduler.list()).toEqual([{ ...shown, lastRun: failed, nextRunAt: clock.now() + HOUR }]);
  isBroken = false;
  await pass(clock, HOUR);
  const done = { startedAt: clock.now(), outcome: 'done', message: null };
  expect(scheduler.list()).toEqual([{ ...shown, lastRun: done, nextRunAt: clock.now() + DAY }]);
});

it('reports what fails unexpectedly, and goes on', async () => {
  const clock = aClock();
  const reported: unknown[] = [];
  const report = (thrown: unknown) => void reported.push(thrown);
  const scheduler = createScheduler({ clock, lastRuns: lastRunsInMemory(), report, random: () => 0 });
  const run = () => {
    throw new Error('A mistake of ours.');
  };
  scheduler.add(aTask(clock, { schedule: { everyMs: DAY }, run }).task);
  scheduler.start();
  await pass(clock, DAY);
  expect(reported).toHaveLength(2);
});

it('spreads runs by at most the jitter', async () => {
  const clock = aClock();
  const scheduler = createScheduler({ clock, lastRuns: lastRunsInMemory(), report: () => {}, random: () => 0.5 });
  const { ran, task } = aTask(clock, { schedule: { everyMs: DAY }, jitterMs: 10 * MINUTE });
  scheduler.add(task);
  scheduler.start();
  await pass(clock, 26 * HOUR);
  expect(ran).toEqual(['2026-01-01T00:05:00.000Z', '2026-01-02T00:10:00.000Z']);
});

it('is not late for a clock that was set back', async () => {
  const clock = aClock();
  let setBackMs = 0;
  const setClock = { ...clock, now: () => clock.now() - setBackMs };
  const scheduler = aScheduler(setClock);
  const { ran, task } = aTask(setClock, { schedule: { everyMs: DAY } });
  scheduler.add(task);
  scheduler.start();
  await pass(clock, HOUR);
  setBackMs = 365 * DAY;
  await pass(clock, 2 * DAY + HOUR);
  expect(ran.map((at) => at.slice(0, 10))).toEqual(['2026-01-01', '2025-01-02', '2025-01-03']);
});

it('interrupts what runs when it stops, and takes that run for missed', async () => {
  const folder = temporaryFolder('schedule');
  onTestFinished(folder.remove);
  const file = join(folder.path, 'schedule.json');
  const clock = aClock();
  const run = (signal: AbortSignal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  const task = aTask(clock, { schedule: { everyMs: DAY }, run }).task;
  const first = aScheduler(clock, createLastRuns(file));
  first.add(task);
  first.start();
  clock.advance(0);
  await first.stop();

  const second = aScheduler(clock, createLastRuns(file));
  second.add({ ...task, run: () => {} });
  expect(second.list()).toMatchObject([{ lastRun: { outcome: 'interrupted' }, nextRunAt: null }]);
  second.start();
  await pass(clock, MINUTE, MINUTE);
  expect(second.list()).toMatchObject([{ lastRun: { outcome: 'done' } }]);
  await second.stop();

  writeFileSync(file, '{ half');
  const third = aScheduler(clock, createLastRuns(file));
  third.add(task);
  expect(third.list()).toMatchObject([{ lastRun: null }]);
});

it('takes on and drops tasks while it runs, and refuses two of one name', async () => {
  const clock = aClock();
  const scheduler = aScheduler(clock);
  scheduler.start();
  const { ran, task } = aTask(clock, { schedule: { everyMs: HOUR }, missed: 'skip' });
  const remove = scheduler.add(task);
  expect(() => scheduler.add(task)).toThrow(/two scheduled tasks/);
  await pass(clock, HOUR);
  expect(ran).toHaveLength(2);
  await remove();
  await pass(clock, 3 * HOUR);
  expect(ran).toHaveLength(2);
  expect(scheduler.list()).toEqual([]);
});
