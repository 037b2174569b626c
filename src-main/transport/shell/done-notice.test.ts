import { expect, it } from 'vitest';
import { EVENTS } from '../../app/contract';
import type { QueueStatus } from '../../jobs/queue/contract';
import { createEventBus } from '../../platform/events';
import { tellWhenDone } from './done-notice';

const aStatus = (given: Partial<QueueStatus>): QueueStatus => ({
  ...{ pending: 0, running: 0, completed: 100, skipped: 0, errors: 0, paused: false, avg_time: null },
  ...{ eta: null, eta_low: null, eta_high: null, speed: null, audio_done_s: 0, audio_total_s: 0, ...given },
});

/** A queue that works for so long, before someone who looks or not. */
function noticesAfter(minutes: number, isSeen = false): string[] {
  const events = createEventBus(EVENTS);
  const reported: string[] = [];
  let now = 0;
  const end = tellWhenDone({ events, now: () => now, isSeen: () => isSeen, tell: (text) => reported.push(text) });
  events.emit('queue.status', aStatus({ pending: 2223 }));
  now = minutes * 60_000;
  events.emit('queue.status', aStatus({ pending: 1, completed: 2320, skipped: 41 }));
  events.emit('queue.status', aStatus({ completed: 2321, skipped: 41, errors: 2 }));
  events.emit('queue.status', aStatus({ completed: 2321, skipped: 41, errors: 2 }));
  end();
  events.emit('queue.status', aStatus({ pending: 1 }));
  return reported;
}

it('tells once how long work ended, when nobody was looking', () => {
  expect(noticesAfter(2)).toEqual(['2,180 done, 41 skipped, 2 failed']);
});

it('says nothing of short work, nor to someone who sees it', () => {
  expect(noticesAfter(0.5)).toEqual([]);
  expect(noticesAfter(2, true)).toEqual([]);
});
