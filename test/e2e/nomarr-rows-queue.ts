import { expect } from 'vitest';
import { z } from 'zod';
import { also, at, counts, int, job, page, type Row, removed, success, worker } from './nomarr-rows';

const list: Row = {
  http: 'GET /api/web/queue/list',
  auth: 'session',
  access: 'read',
  good: [
    {
      says: 'fifty jobs and how many there are',
      shape: page.extend({ limit: z.literal(50), offset: z.literal(0) }),
      check: ({ jobs, total }: z.infer<typeof page>) => expect(jobs.length).toBe(Math.min(50, total)),
    },
    {
      says: 'another page',
      query: '?limit=1&offset=1',
      shape: page.extend({ limit: z.literal(1), offset: z.literal(1) }),
    },
    ...(['pending', 'running', 'done', 'error'] as const).map((status) => ({
      says: `those that are ${status}`,
      query: `?status=${status}`,
      shape: page.extend({ jobs: z.array(job.extend({ status: z.literal(status) })) }),
    })),
  ],
  bad: [
    { says: 'a status that there is not', query: '?status=finished', status: 400 },
    { says: 'a limit that is no number', query: '?limit=many', status: 400 },
    { says: 'an offset below zero', query: '?offset=-1', status: 400 },
  ],
};

const depth: Row = {
  http: 'GET /api/web/queue/queue-depth',
  auth: 'session',
  access: 'read',
  good: [
    { says: 'counts by status', shape: z.object({ pending: int, running: int, completed: int.min(3), errors: int }) },
  ],
};

const status: Row = {
  http: 'GET /api/web/queue/status/:job_id',
  auth: 'session',
  access: 'read',
  good: [
    { says: 'a job', path: ({ done }) => `/${done}`, shape: job.extend({ status: z.literal('done') }) },
    {
      says: 'a job that failed, and why',
      path: async ({ failed }) => `/${await failed()}`,
      shape: job.extend({ status: z.literal('error'), error_message: z.string().min(10) }),
    },
  ],
  bad: [
    { says: 'a job that there is not', ...at('/999999'), status: 404 },
    { says: 'what is no number', ...at('/last'), status: 400 },
  ],
};

const clear = (what: string, state: (world: Parameters<NonNullable<Row['before']>>[0]) => unknown): Row => ({
  http: `POST /api/web/queue/admin/${what}`,
  auth: 'session',
  access: 'full',
  before: state,
  good: [{ says: 'how many are gone', shape: removed.extend({ removed: int.min(1) }) }],
});

const remove: Row = {
  http: 'POST /admin/queue/remove',
  auth: 'key',
  access: 'full',
  good: [
    {
      says: 'that a job is gone',
      body: async ({ waiting }) => ({ job_id: await waiting() }),
      shape: worker.extend({ removed: z.literal(1), worker_enabled: z.literal(false) }),
    },
  ],
  bad: [
    { says: 'a job that there is not', body: { job_id: 999_999 }, status: 404 },
    { says: 'no job', body: {}, status: 400 },
  ],
};

const flush: Row = {
  http: 'POST /admin/queue/flush',
  auth: 'key',
  access: 'full',
  before: ({ waiting }) => waiting(),
  good: [
    {
      says: 'that what waits and what failed is gone',
      body: {},
      shape: worker.extend({ flushed_statuses: z.tuple([z.literal('pending'), z.literal('error')]), removed: int }),
    },
    {
      says: 'that one status is gone',
      body: { statuses: ['done'] },
      shape: worker.extend({ flushed_statuses: z.tuple([z.literal('done')]) }),
    },
  ],
  bad: [
    { says: 'a status that there is not', body: { statuses: ['finished'] }, status: 400 },
    { says: 'running jobs', body: { statuses: ['running'] }, status: 409 },
  ],
};

const cleanup: Row = {
  http: 'POST /admin/cleanup',
  auth: 'key',
  access: 'full',
  good: [
    {
      says: 'how many were older than a week',
      shape: z.object({ status: z.literal('ok'), max_age_hours: z.literal(168), jobs_removed: int }),
    },
    { says: 'the age from the query', query: '?max_age_hours=24', shape: z.object({ max_age_hours: z.literal(24) }) },
    { says: 'the age from the body', body: { max_age_hours: 48 }, shape: z.object({ max_age_hours: z.literal(48) }) },
  ],
  bad: [{ says: 'an age below zero', body: { max_age_hours: -1 }, status: 400 }],
};

const reset: Row = {
  http: 'POST /api/web/queue/admin/reset',
  auth: 'session',
  access: 'full',
  before: async ({ failed, api }) => {
    await failed();
    await api.queue.pause({});
  },
  good: [
    { says: 'how many wait again', body: { errors: true }, shape: success.extend({ reset: int.min(1) }) },
    { says: 'how many were stuck', body: { stuck: true }, shape: success.extend({ reset: z.literal(0) }) },
  ],
  bad: [{ says: 'neither of the two', body: {}, status: 400 }],
};

const pause: Row = {
  http: 'POST /api/web/worker/pause',
  auth: 'session',
  access: 'full',
  good: [{ says: 'that all is paused', shape: success }],
};
const adminPause: Row = {
  http: 'POST /admin/worker/pause',
  auth: 'key',
  access: 'full',
  good: [{ says: 'that the worker is off', shape: worker.extend({ worker_enabled: z.literal(false) }) }],
};
const adminResume: Row = {
  http: 'POST /admin/worker/resume',
  auth: 'key',
  access: 'full',
  good: [{ says: 'that the worker is on', shape: worker.extend({ worker_enabled: z.literal(true) }) }],
};

export const queueRows: readonly Row[] = [
  list,
  ...also(list, { 'GET /api/web/processing/list': 'session', 'GET /web/api/list': 'session' }),
  {
    ...list,
    http: 'GET /api/v1/list',
    auth: 'key',
    good: [{ says: 'a page and the counts', shape: page.extend({ counts }) }, ...list.good],
  },
  {
    http: 'GET /api/v1/queue',
    auth: 'key',
    access: 'read',
    good: [
      {
        says: 'the newest jobs',
        shape: z.object({ summary: counts, jobs: z.array(job).max(25), limit: z.literal(25) }),
      },
      { says: 'as many as asked for', query: '?limit=2', shape: z.object({ jobs: z.array(job).length(2) }) },
    ],
    bad: [{ says: 'a limit of none', query: '?limit=0', status: 400 }],
  },
  depth,
  ...also(depth, { 'GET /web/api/queue-depth': 'session' }),
  status,
  ...also(status, { 'GET /api/v1/status/:job_id': 'key', 'GET /web/api/status/:job_id': 'session' }),
  { http: 'GET /admin/queue/summary', auth: 'key', access: 'read', good: [{ says: 'counts', shape: counts }] },
  remove,
  ...also(remove, { 'POST /web/api/queue/remove': 'session' }),
  flush,
  ...also(flush, { 'POST /api/web/queue/admin/flush': 'session', 'POST /web/api/queue/flush': 'session' }),
  {
    http: 'POST /api/web/queue/admin/remove',
    auth: 'session',
    access: 'full',
    good: [
      { says: 'that a job is gone', body: async ({ waiting }) => ({ job_id: await waiting() }), shape: removed },
      { says: 'that a status is gone', body: { status: 'pending' }, shape: removed },
      { says: 'that all are gone', body: { all: true }, shape: removed },
    ],
    bad: [
      { says: 'nothing', body: {}, status: 400 },
      { says: 'two ways at once', body: { all: true, status: 'done' }, status: 400 },
      { says: 'a job that there is not', body: { job_id: 999_999 }, status: 404 },
      { says: 'running jobs', body: { status: 'running' }, status: 409 },
    ],
  },
  cleanup,
  ...also(cleanup, {
    'POST /admin/queue/cleanup': 'key',
    'POST /api/web/queue/admin/cleanup': 'session',
    'POST /api/web/queue/cleanup': 'session',
    'POST /web/api/queue/cleanup': 'session',
  }),
  reset,
  ...also(reset, {
    'POST /admin/queue/reset': 'key',
    'POST /admin/reset': 'key',
    'POST /web/api/admin/reset': 'session',
  }),
  {
    http: 'POST /web/api/queue/reset-stuck',
    auth: 'session',
    access: 'full',
    good: [{ says: 'how many were stuck', shape: success.extend({ reset: int }) }],
  },
  clear('clear-errors', ({ failed }) => failed()),
  clear('clear-all', ({ waiting }) => waiting()),
  clear('clear-completed', async ({ api, songs }) => {
    await api.queue.resume({});
    await api.queue.tag({ path: songs[1] });
    for (let tries = 0; tries < 100 && (await api.queue.depth({})).completed === 0; tries += 1) await pausing();
  }),
  pause,
  { ...pause, http: 'POST /api/web/worker/resume', good: [{ says: 'that all goes on', shape: success }] },
  adminPause,
  ...also(adminPause, { 'POST /web/api/admin/worker/pause': 'session' }),
  adminResume,
  ...also(adminResume, { 'POST /web/api/admin/worker/resume': 'session' }),
];

const pausing = () => new Promise((resolve) => setTimeout(resolve, 100));
