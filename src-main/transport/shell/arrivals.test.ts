import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { collectArrivals } from './arrivals';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An application that is started again and again; `delivered` is what came to its window. */
function anApp(initial: readonly string[] = []) {
  const app = new EventEmitter();
  const arrivals = collectArrivals({ app: app as never }, initial);
  const delivered: string[][] = [];
  return {
    delivered,
    start: (...files: string[]) => app.emit('second-instance', {}, [], '/', { v: 1, files }),
    load: () => arrivals.deliverTo((files) => delivered.push(files)),
    wait: () => vi.advanceTimersByTime(400),
  };
}

it('gathers what many starts name', () => {
  const { delivered, start, load, wait } = anApp(['/a.mp3']);
  load();
  start('/b.mp3');
  start('/c.mp3');
  wait();
  start('/d.mp3');
  wait();
  expect(delivered).toEqual([['/a.mp3'], ['/b.mp3', '/c.mp3'], ['/d.mp3']]);
});

it('is told of every start after one that came before the window was there, also when that named no file', () => {
  const { delivered, start, load, wait } = anApp();
  start();
  load();
  expect(delivered).toEqual([[]]);
  start('/a.mp3');
  wait();
  start();
  wait();
  expect(delivered).toEqual([[], ['/a.mp3'], []]);
});
