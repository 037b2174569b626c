import { expect, it } from 'vitest';
import { createEventBus } from './event-bus';

it('tells every listener, also after one of them has thrown, and reports the throw', () => {
  const failures: unknown[] = [];
  const bus = createEventBus((thrown) => failures.push(thrown));
  const analyzed: string[] = [];
  bus.on('libraries.changed', () => {
    throw new Error('broken listener');
  });
  bus.on('libraries.changed', () => analyzed.push('named'));
  bus.onAny((name) => analyzed.push(name));
  bus.emit('libraries.changed', {});
  expect(analyzed).toEqual(['named', 'libraries.changed']);
  expect(failures).toHaveLength(1);
});

it('stops telling a listener that has left', () => {
  const bus = createEventBus();
  const analyzed: number[] = [];
  const leave = bus.on('tracks.changed', ({ ids }) => analyzed.push(...ids));
  bus.emit('tracks.changed', { ids: [1] });
  leave();
  bus.emit('tracks.changed', { ids: [2] });
  expect(analyzed).toEqual([1]);
});
