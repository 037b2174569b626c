import { realpathSync } from 'node:fs';
import { expect } from 'vitest';
import { z } from 'zod';
import { also, at, int, type Row, success, time } from './nomarr-rows';

const library = z.object({
  id: int,
  name: z.string(),
  root_path: z.string(),
  is_enabled: z.boolean(),
  is_default: z.boolean(),
  created_at: time,
  updated_at: time,
});
const one = (http: string, row: Partial<Row> & Pick<Row, 'good'>): Row => ({
  http,
  auth: 'session',
  access: http.startsWith('GET') ? 'read' : 'full',
  ...row,
});
const named = z.object({ id: int, name: z.string() });

const stats = one('GET /api/web/libraries/stats', {
  good: [
    {
      says: 'sums',
      shape: z.object({
        total_files: int.min(3),
        unique_artists: int,
        unique_albums: int,
        total_duration_seconds: z.number().min(24),
      }),
    },
  ],
});

export const libraryRows: readonly Row[] = [
  stats,
  ...also(stats, { 'GET /web/api/library/stats': 'session' }),
  one('GET /api/web/libraries', {
    good: [
      { says: 'a list of libraries', shape: z.array(library).length(1) },
      { says: 'those that are enabled', query: '?enabled_only=true', shape: z.array(library).length(1) },
    ],
    bad: [{ says: 'neither true nor false', query: '?enabled_only=maybe', status: 400 }],
  }),
  one('GET /api/web/libraries/default', {
    good: [{ says: 'the default', shape: library.extend({ is_default: z.literal(true) }) }],
  }),
  one('GET /api/web/libraries/:id', {
    good: [{ says: 'a library', path: ({ library: { id } }) => `/${id}`, shape: library }],
    bad: [{ says: 'one that there is not', ...at('/999'), status: 404 }],
  }),
  one('PATCH /api/web/libraries/:id', {
    good: [
      {
        says: 'the library with its new name',
        path: ({ library: { id } }) => `/${id}`,
        body: { name: 'Renamed' },
        shape: library.extend({ name: z.literal('Renamed') }),
      },
    ],
    bad: [
      { says: 'one that there is not', ...at('/999'), body: { name: 'x' }, status: 404 },
      { says: 'no name', path: ({ library: { id } }) => `/${id}`, body: { name: '' }, status: 400 },
    ],
  }),
  one('POST /api/web/libraries', {
    good: [
      {
        says: 'a new library',
        body: ({ outside }) => ({ root_path: outside, name: 'Elsewhere' }),
        shape: library.extend({ name: z.literal('Elsewhere') }),
      },
    ],
    bad: [
      { says: 'a folder that is not there', body: { root_path: '/no/such/folder' }, status: 400 },
      { says: 'one inside another', body: ({ album }) => ({ root_path: album }), status: 409 },
    ],
  }),
  one('POST /api/web/libraries/:id/set-default', {
    good: [
      {
        says: 'that it is the default',
        path: async ({ api }) =>
          `/${(await api.libraries.list({})).find(({ name }) => name === 'Elsewhere')!.id}/set-default`,
        shape: library.extend({ is_default: z.literal(true), name: z.literal('Elsewhere') }),
      },
      {
        says: 'that the other one is again',
        path: ({ library: { id } }) => `/${id}/set-default`,
        shape: library.extend({ is_default: z.literal(true) }),
        check: async (_answer, { api }) =>
          expect((await api.libraries.list({})).filter(({ is_default }) => is_default)).toHaveLength(1),
      },
    ],
    bad: [{ says: 'one that there is not', ...at('/999/set-default'), status: 404 }],
  }),
  one('DELETE /api/web/libraries/:id', {
    good: [
      {
        says: 'that it is forgotten',
        path: async ({ api }) => `/${(await api.libraries.list({})).find(({ name }) => name === 'Elsewhere')!.id}`,
        shape: z.object({ removedTracks: int }),
      },
    ],
    bad: [{ says: 'one that there is not', ...at('/999'), status: 404 }],
  }),
  one('POST /api/web/libraries/:id/scan', {
    good: [
      {
        says: 'what was found',
        path: ({ library: { id } }) => `/${id}/scan`,
        body: ({ album }) => ({ paths: [album], recursive: true, force: false, clean_missing: true }),
        shape: z.object({
          queued: int,
          message: z.string(),
          status: z.literal('queued'),
          stats: z.object({
            files_discovered: int.min(3),
            files_queued: int,
            files_skipped: int,
            files_removed: int,
            job_ids: z.array(int),
          }),
        }),
      },
    ],
    bad: [
      { says: 'a library that there is not', ...at('/999/scan'), body: {}, status: 404 },
      {
        says: 'a path outside of it',
        path: ({ library: { id } }) => `/${id}/scan`,
        body: ({ outside }) => ({ paths: [outside] }),
        status: 400,
      },
      {
        says: 'a library that is being scanned',
        path: ({ library: { id } }) => `/${id}/scan`,
        body: {},
        status: 409,
        before: async ({ api, library: { id } }) => {
          await api.nomarr.scanPause({});
          await api.nomarr.scanStart({ library: id });
        },
        after: async ({ api }) => {
          await api.nomarr.scanResume({});
          await api.nomarr.scanCancel({});
        },
      },
    ],
  }),
  one('POST /api/v1/scan', {
    auth: 'key',
    good: [
      {
        says: 'how many were looked at',
        body: ({ album }) => ({ path: album, recursive: true, force: false }),
        shape: z.object({ status: z.literal('ok'), scanned: int.min(3), enqueued: int }),
      },
    ],
    bad: [{ says: 'a path outside of every library', body: ({ outside }) => ({ path: outside }), status: 400 }],
  }),
  one('POST /web/api/library/scan/start', {
    good: [{ says: 'that it has begun', body: {}, shape: success.extend({ library_id: int }) }],
    bad: [
      {
        says: 'a library that is being scanned',
        body: {},
        status: 409,
        before: async ({ api }) => {
          await api.nomarr.scanCancel({});
          await api.nomarr.scanPause({});
          await api.nomarr.scanStart({});
        },
        after: async ({ api }) => {
          await api.nomarr.scanResume({});
          await api.nomarr.scanCancel({});
        },
      },
    ],
  }),
  one('POST /web/api/library/scan/cancel', {
    before: async ({ api }) => {
      await api.nomarr.scanPause({});
      await api.nomarr.scanStart({});
    },
    good: [{ says: 'how many were stopped', shape: success.extend({ cancelled: z.literal(1) }) }],
  }),
  one('GET /web/api/library/scan/status', {
    good: [
      {
        says: 'how the libraries stand',
        shape: z.object({
          is_scanning: z.boolean(),
          paused: z.literal(true),
          scanning_libraries: z.array(named),
          libraries: z.array(named.extend({ state: z.string(), last_scan_at: time.nullable(), total_files: int })),
        }),
      },
    ],
  }),
  one('POST /web/api/library/scan/resume', { good: [{ says: 'that scans go on', shape: success }] }),
  one('POST /web/api/library/scan/pause', {
    good: [{ says: 'that scans wait', shape: success, check: (_answer, { api }) => api.nomarr.scanResume({}) }],
  }),
  one('GET /web/api/library/scan/history', {
    good: [
      {
        says: 'earlier scans',
        query: '?limit=2',
        shape: z.object({
          count: z.literal(2),
          scans: z
            .array(
              z.object({
                id: int,
                library_id: int,
                status: z.string(),
                started_at: time,
                finished_at: time,
                files_scanned: int,
                error_message: z.string().nullable(),
              }),
            )
            .length(2),
        }),
      },
    ],
    bad: [{ says: 'a limit of none', query: '?limit=0', status: 400 }],
  }),
  one('GET /api/web/fs/list', {
    good: [
      {
        says: 'the libraries',
        shape: z.object({
          path: z.literal(''),
          entries: z.array(z.object({ name: z.string(), is_dir: z.literal(true) })),
        }),
      },
      {
        says: 'a folder by its whole path',
        query: ({ album }) => `?path=${encodeURIComponent(realpathSync(album))}`,
        shape: z.object({ entries: z.array(z.object({ name: z.string(), is_dir: z.literal(false) })).min(3) }),
      },
      {
        says: 'a folder of the default library',
        query: '?path=album',
        shape: z.object({
          path: z.literal('album'),
          entries: z.array(z.object({ name: z.string(), is_dir: z.boolean() })),
        }),
      },
    ],
    bad: [
      { says: 'a way out by dots', query: `?path=${encodeURIComponent('../..')}`, status: 400 },
      {
        says: 'a way out by dots in the middle',
        query: `?path=${encodeURIComponent('album/../../data')}`,
        status: 400,
      },
      { says: 'a way out by a whole path', query: '?path=/etc', status: 400 },
      { says: 'a way out by a link', query: '?path=escape', status: 400 },
      { says: 'a zero character', query: '?path=album%00', status: 400 },
      { says: 'a file', query: '?path=album/one.wav', status: 400 },
      { says: 'what is not there', query: '?path=nothing', status: 404 },
    ],
  }),
];

/** Forgets all tracks, so it comes after everything that needs some. */
export const clearingRows: readonly Row[] = [
  one('POST /web/api/library/clear', {
    good: [{ says: 'how many tracks are forgotten', body: {}, shape: success.extend({ removed: int.min(3) }) }],
    bad: [
      { says: 'a library that there is not', body: { library: 999 }, status: 404 },
      {
        says: 'a library that is being scanned',
        body: {},
        status: 409,
        before: async ({ api }) => {
          await api.nomarr.scanPause({});
          await api.nomarr.scanStart({});
        },
        after: async ({ api }) => {
          await api.nomarr.scanResume({});
          await api.nomarr.scanCancel({});
        },
      },
    ],
  }),
];
