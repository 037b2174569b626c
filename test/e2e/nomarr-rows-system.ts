import { expect } from 'vitest';
import { z } from 'zod';
import { also, counts, int, type Row, success } from './nomarr-rows';
import { PASSWORD } from './nomarr-world';
import { batchEnded } from './served';

const session = z.object({
  session_token: z.string().min(20),
  token: z.string().min(20),
  expires_in: z.literal(86_400),
});
const login: Row = {
  http: 'POST /api/web/auth/login',
  auth: 'open',
  access: 'open',
  good: [{ says: 'a session', body: { password: PASSWORD }, shape: session }],
  bad: [
    { says: 'no password', body: {}, status: 400 },
    { says: 'a wrong password', body: { password: 'correct mare' }, status: 401 },
  ],
};

const logout: Row = {
  http: 'POST /api/web/auth/logout',
  auth: 'key',
  access: 'read',
  good: [{ says: 'that it is done', shape: z.object({ status: z.literal('success') }) }],
};

const infoShape = z.object({
  config: z.object({
    db_path: z.string(),
    models_dir: z.string(),
    namespace: z.literal('nom'),
    api_host: z.string(),
    api_port: int.min(1),
    worker_enabled: z.boolean(),
    worker_enabled_default: z.boolean(),
    worker_count: int.min(1),
    poll_interval: z.number(),
    blocking_mode: z.boolean(),
    blocking_timeout: z.number(),
  }),
  models: z.object({ total_heads: z.literal(3), embeddings: z.tuple([z.literal('tiny')]) }),
  queue: z.object({ depth: int, counts }),
  worker: z.object({ enabled: z.boolean(), alive: z.boolean(), last_heartbeat: z.iso.datetime().nullable() }),
});
const info: Row = {
  http: 'GET /api/v1/info',
  auth: 'open',
  access: 'open',
  good: [
    {
      says: 'what runs here, without telling anyone where',
      shape: infoShape,
      check: ({ config }: z.infer<typeof infoShape>) =>
        expect([config.db_path, config.models_dir]).toEqual(['tonearm.db', 'models']),
    },
  ],
};

const health: Row = {
  http: 'GET /api/web/health',
  auth: 'open',
  access: 'open',
  good: [
    {
      says: 'whether it works',
      shape: z.object({
        status: z.enum(['healthy', 'degraded', 'failed']),
        processor_initialized: z.literal(true),
        worker_count: int.min(1),
        queue: z.object({ pending: int, running: int, completed: int, errors: int }),
        warnings: z.array(z.string()),
      }),
    },
  ],
};

const config: Row = {
  http: 'GET /api/web/config',
  auth: 'session',
  access: 'full',
  good: [
    {
      says: 'a flat object of the documented keys',
      shape: z.object({
        models_dir: z.string(),
        db_path: z.string(),
        library_auto_tag: z.boolean(),
        library_ignore_patterns: z.string(),
        file_write_mode: z.enum(['none', 'minimal', 'full']),
        namespace: z.literal('nom'),
        overwrite_tags: z.boolean(),
        min_duration_s: z.number(),
        allow_short: z.boolean(),
        worker_enabled: z.boolean(),
        worker_count: int,
        poll_interval: z.number(),
        blocking_mode: z.boolean(),
        blocking_timeout: z.number(),
        cleanup_age_hours: int,
        cache_idle_timeout: z.number(),
        cache_auto_evict: z.boolean(),
        host: z.string(),
        port: int,
      }),
      check: (answer: Record<string, unknown>) => {
        for (const value of Object.values(answer)) expect(typeof value).not.toBe('object');
      },
    },
  ],
};

const updated = z.object({ success: z.literal(true), status: z.literal('success'), message: z.string() });
const holds =
  (key: string, value: unknown) =>
  async (_answer: never, { ask }: { ask: (...args: never[]) => unknown }) => {
    const { body } = (await (ask as (m: string, p: string, c: string) => unknown)('GET', '/api/web/config', 'key')) as {
      body: Record<string, unknown>;
    };
    expect(body[key]).toBe(value);
  };
const setConfig: Row = {
  http: 'POST /api/web/config',
  auth: 'session',
  access: 'full',
  good: [
    ...(
      [
        ['library_auto_tag', 'false', false],
        ['library_auto_tag', 'true', true],
        ['file_write_mode', 'native', 'full'],
        ['overwrite_tags', 'false', false],
        ['overwrite_tags', true, true],
        ['library_ignore_patterns', 'Stems/**', 'Stems/**'],
        ['library_ignore_patterns', '', ''],
        ['cache_idle_timeout', '60', 60],
        ['cache_auto_evict', 'no', false],
        ['worker_count', '2', 2],
        ['cleanup_age_hours', 24, 24],
        ['min_duration_s', '3.5', 3.5],
        ['blocking_timeout', '120', 120],
      ] as const
    ).map(([key, value, then]) => ({
      says: `that ${key} is ${JSON.stringify(then)} now, given ${JSON.stringify(value)}`,
      body: { key, value },
      shape: updated,
      check: holds(key, then),
    })),
    {
      says: 'that there are two workers, without a restart',
      body: { key: 'worker_count', value: '2' },
      shape: updated,
      check: async (_answer, { api }) => expect((await api.health.info({})).config.worker_count).toBe(2),
    },
    {
      says: 'that the next file is heard with another preset, without a restart',
      body: { key: 'preset', value: 'fast' },
      shape: updated,
      async check(_answer, { api, songs }) {
        await api.queue.resume({});
        const { batch_id, job_id } = await api.queue.tag({ path: songs[2], force: true });
        await batchEnded(api, batch_id);
        const { track_id } = await api.queue.get({ job_id: job_id! });
        expect((await api.tracks.get({ id: track_id! })).analysis?.preset).toBe('fast');
        await api.settings.update({ preset: 'balanced' });
      },
    },
  ],
  bad: [
    { says: 'a key that there is not', body: { key: 'colour', value: 'blue' }, status: 400 },
    { says: 'a key that is only told', body: { key: 'models_dir', value: '/tmp' }, status: 400 },
    { says: 'a key that is no setting of ours', body: { key: '__proto__', value: 'x' }, status: 400 },
    { says: 'a value that is none', body: { key: 'worker_count', value: 'many' }, status: 400 },
    { says: 'an empty number', body: { key: 'worker_count', value: '' }, status: 400 },
    { says: 'neither yes nor no', body: { key: 'library_auto_tag', value: 'perhaps' }, status: 400 },
    { says: 'no value', body: { key: 'library_auto_tag' }, status: 400 },
    { says: 'a password that is too short', body: { key: 'admin_password', value: 'short' }, status: 400 },
  ],
};

const refresh: Row = {
  http: 'POST /admin/cache/refresh',
  auth: 'key',
  access: 'full',
  good: [{ says: 'how many heads there are', shape: z.object({ status: z.literal('ok'), predictors: z.literal(3) }) }],
};

const apiKey: Row = {
  http: 'POST /api/web/api-key/regenerate',
  auth: 'session',
  access: 'full',
  good: [
    {
      says: 'a new key, once',
      shape: z.object({ api_key: z.string().min(20) }),
      check: async ({ api_key }: { api_key: string }, { base }) => {
        const answer = await fetch(`${base}/api/v1/list`, { headers: { Authorization: `Bearer ${api_key}` } });
        expect(answer.status).toBe(200);
      },
    },
  ],
};
const shownKey: Row = {
  http: 'GET /api/web/api-key',
  auth: 'session',
  access: 'full',
  good: [
    {
      says: 'its last four characters',
      shape: z.object({ exists: z.literal(true), api_key: z.string().regex(/^….{4}$/) }),
    },
  ],
};

export const systemRows: readonly Row[] = [
  login,
  ...also({ ...login, bad: [] }, { 'POST /web/auth/login': 'open', 'POST /web/api/login': 'open' }),
  logout,
  ...also(logout, { 'POST /web/auth/logout': 'key', 'POST /web/api/logout': 'key' }),
  info,
  ...also(info, { 'GET /api/web/info': 'open', 'GET /web/api/info': 'open' }),
  health,
  ...also(health, { 'GET /web/api/health': 'open', 'GET /health': 'open' }),
  config,
  ...also(config, { 'GET /web/api/config': 'session' }),
  setConfig,
  ...also({ ...setConfig, good: setConfig.good.slice(0, 2) }, { 'POST /web/api/config': 'session' }),
  refresh,
  ...also(refresh, {
    'POST /api/web/queue/admin/cache-refresh': 'session',
    'POST /web/api/admin/cache/refresh': 'session',
  }),
  apiKey,
  ...also(apiKey, { 'POST /api/web/auth/api-key/regenerate': 'session' }),
  shownKey,
  ...also(shownKey, { 'GET /api/web/auth/api-key': 'session' }),
  {
    http: 'GET /api/web/work-status',
    auth: 'session',
    access: 'read',
    good: [
      {
        says: 'what is being done',
        shape: z.object({
          is_scanning: z.boolean(),
          scanning_libraries: z.array(z.object({ id: int, name: z.string() })),
          is_processing: z.boolean(),
          pending_files: int,
          processed_files: int,
          total_files: int,
          files_per_minute: z.number(),
          eta_minutes: z.number().nullable(),
          is_busy: z.boolean(),
        }),
      },
    ],
  },
];

/** Ends the process, so it comes last. */
export const restartRows: readonly Row[] = [
  {
    http: 'POST /api/web/worker/restart',
    auth: 'session',
    access: 'full',
    good: [{ says: 'that it will be back', shape: success }],
  },
  {
    http: 'POST /web/api/admin/restart',
    auth: 'session',
    access: 'full',
    good: [{ says: 'that it will be back', shape: success }],
  },
];

/** Pages of before, and where they lead now. */
export const pages: Readonly<Record<string, string>> = {
  '/web/login': '/',
  '/web/dashboard': '/',
  '/web/queue': '/#/queue',
  '/web/process': '/#/queue',
};
