import { expect, it } from 'vitest';
import { z } from 'zod';
import { createEventBus, type EventBus } from './event-bus';

const moonEvents = {
  'moon.risen': z.object({ name: z.string() }),
  'tide.changed': z.object({ metres: z.number() }),
};

it('tells every listener, also after one of them has thrown, and reports the throw', () => {
  const failures: unknown[] = [];
  const bus = createEventBus(moonEvents, (thrown) => failures.push(thrown));
  const reported: string[] = [];
  bus.on('moon.risen', () => {
    throw new Error('broken listener');
  });
  bus.on('moon.risen', ({ name }) => reported.push(name));
  bus.onAny((name) => reported.push(name));
  bus.emit('moon.risen', { name: 'Io' });
  expect(reported).toEqual(['Io', 'moon.risen']);
  expect(failures).toHaveLength(1);
});

it('stops telling a listener that has left', () => {
  const bus = createEventBus(moonEvents);
  const reported: number[] = [];
  const leave = bus.on('tide.changed', ({ metres }) => reported.push(metres));
  bus.emit('tide.changed', { metres: 1 });
  leave();
  bus.emit('tide.changed', { metres: 2 });
  expect(reported).toEqual([1]);
});

it('tells nobody of an event that does not fit its schema or that nobody declared, and reports it', () => {
  const failures: string[] = [];
  const bus = createEventBus(moonEvents, (thrown) => failures.push((thrown as Error).message));
  const reported: string[] = [];
  bus.onAny((name) => reported.push(name));
  const untyped = bus as unknown as EventBus<Record<string, unknown>>;
  untyped.emit('tide.changed', { metres: 'high' });
  untyped.emit('sun.risen', {});
  bus.emit('tide.changed', { metres: 2 });
  expect(reported).toEqual(['tide.changed']);
  expect(failures).toEqual([
    'The event tide.changed does not fit its schema.',
    'The event sun.risen does not fit its schema.',
  ]);
});

it('lets a domain have only the part of it that is about its own events', () => {
  const reported: number[] = [];
  const bus = createEventBus(moonEvents);
  const tides: EventBus<{ 'tide.changed': { metres: number } }> = bus;
  tides.on('tide.changed', ({ metres }) => reported.push(metres));
  tides.emit('tide.changed', { metres: 3 });
  expect(reported).toEqual([3]);
});
