import { expect } from 'vitest';
import { z } from 'zod';
import { also, int, job, type Row } from './nomarr-rows';

const setting = (name: string, value: string | number | boolean) => ({
  [name]: value,
});
const encoded = (path: string) => `?path=${encodeURIComponent(path)}`;

const queued = z.object({ job_id: int, status: z.literal('queued'), blocking: z.literal(false) });
const folder = z.object({
  job_ids: z.array(int).min(3),
  queue_depth: int,
  files_queued: int.min(3),
  path: z.string(),
  blocking: z.literal(false),
});
const ended = job.extend({
  job_id: int,
  status: z.literal('done'),
  blocking: z.literal(true),
  finished_at: z.string(),
});

const tag: Row = {
  http: 'POST /api/v1/tag',
  auth: 'key',
  access: 'webhook',
  before: ({ api }) => api.queue.pause({}),
  good: [
    { says: 'the job of a file', body: ({ songs }) => ({ path: songs[0], force: false }), shape: queued },
    { says: 'what Lidarr’s script posts', body: ({ songs }) => ({ path: songs[1], force: true }), shape: queued },
    { says: 'the jobs of a folder', body: ({ music }) => ({ path: music }), shape: folder },
  ],
  bad: [
    { says: 'a file that is not there', body: ({ album }) => ({ path: `${album}/none.wav` }), status: 404 },
    { says: 'a folder without audio', body: ({ music }) => ({ path: music, recursive: false }), status: 400 },
    { says: 'a path outside of every library', body: { path: '/etc/passwd' }, status: 400 },
    { says: 'no path', body: { force: true }, status: 400 },
    { says: 'a field that there is not', body: ({ songs }) => ({ path: songs[0], forse: true }), status: 400 },
  ],
};

/** The same call while callers wait for the end of their job. */
const blocking: Row = {
  ...tag,
  before: async ({ api }) => {
    await api.settings.update(setting('blocking_mode', true));
    await api.queue.resume({});
  },
  good: [
    { says: 'the ended job, when callers wait', body: ({ songs }) => ({ path: songs[0], force: true }), shape: ended },
    { says: 'at once for a folder, even so', body: ({ music }) => ({ path: music, force: true }), shape: folder },
  ],
  bad: [
    {
      says: 'a file that takes longer than the timeout',
      body: ({ songs }) => ({ path: songs[2], force: true }),
      status: 504,
      before: async ({ api }) => {
        await api.queue.pause({});
        await api.settings.update(setting('blocking_timeout', 1));
      },
      after: async ({ api }) => {
        await api.settings.update({ blocking_mode: false, blocking_timeout: 3600 });
        await api.queue.resume({});
      },
    },
  ],
};

const batch: Row = {
  http: 'POST /api/web/processing/batch-process',
  auth: 'session',
  access: 'webhook',
  good: [
    {
      says: 'what became of each path',
      body: ({ songs, album }) => ({ paths: [songs[0], album, `${album}/none.wav`], force: false }),
      shape: z.object({
        total_queued: int.min(4),
        total_errors: z.literal(1),
        results: z
          .array(
            z.object({
              path: z.string(),
              status: z.enum(['queued', 'error']),
              message: z.string().min(1),
              files_queued: int,
              job_ids: z.array(int),
            }),
          )
          .length(3),
      }),
    },
  ],
  bad: [{ says: 'no path', body: { paths: [] }, status: 400 }],
};

const show: Row = {
  http: 'GET /api/v1/tags',
  auth: 'key',
  access: 'read',
  good: [
    {
      says: 'our tags in a file',
      query: ({ songs }) => encoded(songs[0]),
      shape: z.object({
        path: z.string(),
        namespace: z.literal('nom'),
        tags: z.record(z.templateLiteral(['nom:', z.string()]), z.union([z.string(), z.number(), z.array(z.string())])),
        count: int.min(3),
      }),
    },
  ],
  bad: [
    { says: 'a file that is not there', query: ({ album }) => encoded(`${album}/none.wav`), status: 404 },
    { says: 'a path outside of every library', query: '?path=/etc/passwd', status: 400 },
    { says: 'no path', status: 400 },
  ],
};

const removeTags: Row = {
  http: 'DELETE /api/web/tags/remove-tags',
  auth: 'session',
  access: 'full',
  good: [
    {
      says: 'how many tags are gone, and can be put back',
      query: ({ songs }) => encoded(songs[0]),
      shape: z.object({ path: z.string(), namespace: z.literal('nom'), removed: int.min(3), writeId: int }),
      check: async (_answer, { api, songs }) => {
        expect((await api.tagging.show({ path: songs[0] })).count).toBe(0);
        expect((await api.tagging.undoFile({ path: songs[0] })).undone).toBe(1);
        expect((await api.tagging.show({ path: songs[0] })).count).toBeGreaterThan(2);
      },
    },
  ],
  bad: [
    { says: 'a file that is not there', query: ({ album }) => encoded(`${album}/none.wav`), status: 404 },
    { says: 'a path outside of every library', query: '?path=/etc/passwd', status: 400 },
    { says: 'no path', status: 400 },
  ],
};

export const workRows: readonly Row[] = [
  show,
  ...also(show, { 'GET /api/web/tags/show-tags': 'session', 'GET /web/api/show-tags': 'session' }),
  removeTags,
  ...also(removeTags, { 'DELETE /web/api/remove-tags': 'session' }),
  tag,
  ...also(tag, {
    'POST /api/web/processing/process': 'session',
    'POST /api/web/processing/process-files': 'session',
    'POST /web/api/process': 'session',
  }),
  batch,
  ...also(batch, { 'POST /web/api/batch-process': 'session' }),
  blocking,
];
