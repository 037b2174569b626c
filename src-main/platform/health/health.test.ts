import { expect, it } from 'vitest';
import { z } from 'zod';
import { createEventBus } from '../events';
import { healthEvents } from './contract';
import { createHealth } from './health';

const WORKER_EVENT = { 'worker.changed': z.looseObject({ component: z.string(), status: z.string() }) };
const someEvents = () => createEventBus({ ...healthEvents, ...WORKER_EVENT });

it('is degraded while a worker is down, and tells each change once', () => {
  const events = someEvents();
  const reported: string[] = [];
  events.on('health.changed', ({ status }) => reported.push(status));
  const health = createHealth({ events });
  const worker = { component: 'worker:tag:0', pid: null, current_job: null };
  events.emit('worker.changed', { ...worker, status: 'crashed' });
  events.emit('worker.changed', { ...worker, status: 'crashed' });
  expect(health.current()).toEqual({
    status: 'degraded',
    errors: ['worker:tag:0 crashed and is being restarted.'],
  });
  events.emit('worker.changed', { ...worker, status: 'healthy' });
  expect(health.current()).toEqual({ status: 'healthy', errors: [] });
  expect(reported).toEqual(['degraded', 'healthy']);
});

it('takes what a part reports of its own health as one problem beside others', () => {
  const events = someEvents();
  const reported: string[][] = [];
  events.on('health.changed', ({ errors }) => reported.push(errors));
  const health = createHealth({ events });
  health.report('disk', { severity: 'degraded', message: 'The disk is nearly full.' });
  const pool = health.scopedReporter('analyser');
  pool.emit('health.changed', { status: 'degraded', errors: ['Analysis is paused.'] });
  pool.emit('health.changed', { status: 'healthy', errors: [] });
  expect(reported[1]).toEqual(['The disk is nearly full.', 'Analysis is paused.']);
  expect(health.current().errors).toEqual(['The disk is nearly full.']);
});

it('has failed when one part says that nothing can go on', () => {
  const health = createHealth({ events: someEvents() });
  health.report('models', { severity: 'degraded', message: 'No models are installed.' });
  health.report('disk', { severity: 'failed', message: 'The disk is full.' });
  expect(health.current().status).toBe('failed');
  health.report('disk', undefined);
  expect(health.current()).toEqual({ status: 'degraded', errors: ['No models are installed.'] });
});
