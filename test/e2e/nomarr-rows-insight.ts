import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../src-main/platform/database';
import { also, at, int, type Row } from './nomarr-rows';
import type { World } from './nomarr-world';

const share = z.number().min(0).max(100);
const part = z.number().min(0).max(1);
const named = z.array(z.object({ name: z.string(), count: int, percentage: share }));

const frequencies: Row = {
  http: 'GET /api/web/analytics/tag-frequencies',
  auth: 'session',
  access: 'read',
  good: [
    {
      says: 'how often each key is there',
      shape: z.object({
        tag_frequencies: z
          .array(z.object({ tag_key: z.templateLiteral(['nom:', z.string()]), total_count: int, unique_values: int }))
          .min(2),
      }),
    },
    {
      says: 'as many as asked for',
      query: '?limit=1',
      shape: z.object({ tag_frequencies: z.array(z.unknown()).length(1) }),
    },
  ],
  bad: [{ says: 'a limit that is no number', query: '?limit=many', status: 400 }],
};
const distribution: Row = {
  http: 'GET /api/web/analytics/mood-distribution',
  auth: 'session',
  access: 'read',
  good: [
    {
      says: 'how many tracks have each mood',
      shape: z.object({
        mood_distribution: z.array(z.object({ mood: z.string(), count: int, percentage: share })).min(1),
      }),
    },
  ],
};
const correlations: Row = {
  http: 'GET /api/web/analytics/tag-correlations',
  auth: 'session',
  access: 'read',
  good: [
    {
      says: 'which moods stand together',
      query: '?top_n=5',
      shape: z.object({
        mood_correlations: z.record(z.string(), z.record(z.string(), part)),
        mood_tier_correlations: z.record(z.string(), z.object({ tier_s: part, tier_a: part })),
      }),
    },
  ],
  bad: [{ says: 'a number of none', query: '?top_n=0', status: 400 }],
};
const together: Row = {
  http: 'GET /api/web/analytics/tag-co-occurrences/:tag',
  auth: 'session',
  access: 'read',
  good: [
    {
      says: 'what else is true of the tracks with a mood',
      ...at('/happy?limit=3'),
      shape: z.object({
        total_occurrences: int,
        mood_co_occurrences: named,
        genre_distribution: named,
        artist_distribution: named,
      }),
    },
  ],
};

const status: Row = {
  http: 'GET /api/web/calibration/status',
  auth: 'session',
  access: 'read',
  good: [
    {
      says: 'how many jobs there are',
      shape: z.object({
        ...{ pending: int, running: int, completed: int, errors: int },
        ...{ worker_alive: z.boolean(), worker_busy: z.boolean() },
      }),
    },
  ],
};
const generate: Row = {
  http: 'POST /api/web/calibration/generate',
  auth: 'session',
  access: 'full',
  good: [
    {
      says: 'what was measured',
      body: { save_sidecars: true },
      shape: z.object({
        status: z.literal('success'),
        data: z.record(z.string(), z.object({ min: part, max: part, samples: int.min(51), p5: part, p95: part })),
        saved_files: z.array(z.string()).min(1),
      }),
      check: ({ data }: { data: object }) => expect(Object.keys(data)).toContain('mood_happy'),
    },
  ],
};
const apply: Row = {
  http: 'POST /api/web/calibration/apply',
  auth: 'session',
  access: 'full',
  good: [{ says: 'how many are recalibrated', shape: z.object({ queued: int, message: z.string() }) }],
};
const clear: Row = {
  http: 'POST /api/web/calibration/clear',
  auth: 'session',
  access: 'full',
  good: [{ says: 'how many jobs are gone', shape: z.object({ cleared: int, message: z.string() }) }],
};

const forbidden = (method: 'GET' | 'POST') => ({
  says: 'while calibrate_heads is off',
  ...(method === 'POST' && { body: {} }),
  status: 403,
  before: ({ api }: World) => api.settings.update({ calibrate_heads: false }),
});
const allow = ({ api }: World) => api.settings.update({ calibrate_heads: true });
const run: Row = {
  http: 'POST /admin/calibration/run',
  auth: 'key',
  access: 'full',
  before: allow,
  good: [
    {
      says: 'what was measured and how it drifted',
      body: {},
      shape: z.object({
        status: z.literal('ok'),
        calibration: z.object({
          version: int,
          library_size: int.min(51),
          heads: z.record(z.string(), z.object({ drift_metrics: z.looseObject({}) })),
          saved_files: z.array(z.string()),
          reference_updates: z.record(z.string(), z.string()),
          summary: z.looseObject({}),
        }),
      }),
    },
  ],
  bad: [forbidden('POST')],
};
const history: Row = {
  http: 'GET /admin/calibration/history',
  auth: 'key',
  access: 'read',
  before: allow,
  good: [
    {
      says: 'earlier measurings',
      query: '?limit=5&head=mood_happy',
      shape: z.object({
        status: z.literal('ok'),
        count: int.min(1),
        runs: z.array(z.looseObject({ version: int })).min(1),
      }),
    },
  ],
  bad: [forbidden('GET')],
};
const retag: Row = {
  http: 'POST /admin/calibration/retag-all',
  auth: 'key',
  access: 'full',
  before: allow,
  good: [
    { says: 'how many files are written anew', body: {}, shape: z.object({ enqueued: int, message: z.string() }) },
  ],
  bad: [forbidden('POST')],
};

const preview: Row = {
  http: 'GET /api/web/navidrome/preview',
  auth: 'session',
  access: 'read',
  good: [
    {
      says: 'the tags that there are',
      shape: z.object({
        namespace: z.literal('nom'),
        tag_count: int.min(1),
        tags: z
          .array(
            z.object({
              tag_key: z.templateLiteral(['nom:', z.string()]),
              type: z.string(),
              is_multivalue: z.boolean(),
              summary: z.string(),
              total_count: int,
            }),
          )
          .min(1),
      }),
    },
  ],
};
const toml: Row = {
  http: 'GET /api/web/navidrome/config',
  auth: 'session',
  access: 'read',
  good: [
    { says: 'the configuration', shape: z.object({ namespace: z.literal('nom'), config: z.string().regex(/Tags/) }) },
  ],
};
const QUERY = 'nom:mood_happy is true';
const found = z.array(z.object({ path: z.string(), title: z.string(), artist: z.string() }));
const matches: Row = {
  http: 'POST /api/web/navidrome/playlists/preview',
  auth: 'session',
  access: 'read',
  good: [
    {
      says: 'the tracks of the documents’ own query',
      body: { query: QUERY, preview_limit: 10 },
      shape: z.object({ matched_tracks: int, preview: found.max(10) }),
    },
    {
      says: 'the same under the later names',
      body: { query: QUERY },
      shape: z.object({ total_count: int, sample_tracks: found, query: z.literal(QUERY) }),
    },
  ],
  bad: [
    { says: 'a query that is none', body: { query: 'happy is is' }, status: 400 },
    { says: 'no query', body: {}, status: 400 },
    { says: 'a preview of none', body: { query: QUERY, preview_limit: 0 }, status: 400 },
  ],
};
const nsp: Row = {
  http: 'POST /api/web/navidrome/playlists/generate',
  auth: 'session',
  access: 'read',
  good: [
    {
      says: 'the text of the file',
      body: {
        query: QUERY,
        playlist_name: 'Happy Mood',
        comment: 'Tracks with happy mood',
        limit: 500,
        sort: 'random',
      },
      shape: z.object({ playlist_name: z.literal('Happy Mood'), query: z.literal(QUERY), content: z.string() }),
      check: ({ content }: { content: string }) =>
        expect(JSON.parse(content)).toMatchObject({ name: 'Happy Mood', limit: 500, sort: 'random' }),
    },
  ],
  bad: [
    { says: 'a query that is none', body: { query: 'happy is is', playlist_name: 'x' }, status: 400 },
    { says: 'no name', body: { query: QUERY }, status: 400 },
  ],
};

const template = z.object({ template_id: z.string(), name: z.string(), description: z.string() });
const templates: Row = {
  http: 'GET /api/web/navidrome/templates',
  auth: 'session',
  access: 'read',
  good: [{ says: 'playlists to begin with', shape: z.object({ templates: z.array(template) }) }],
};
const writeTemplates: Row = {
  http: 'POST /api/web/navidrome/templates',
  auth: 'session',
  access: 'full',
  good: [],
  bad: [{ says: 'one that there is not', body: { template_id: 'none', output_dir: '/tmp' }, status: 404 }],
};

const proxied = (row: Row): Row[] => [row, ...also(row, { [row.http.replace(' /api/web/', ' /web/api/')]: 'session' })];

/** Asked of a library in which many tracks were heard. */
export const insightRows: readonly Row[] = [
  ...[frequencies, distribution, correlations, together].flatMap(proxied),
  ...[preview, toml, matches, nsp, templates, writeTemplates].flatMap(proxied),
  ...also(templates, { 'GET /api/web/navidrome/templates/list': 'session' }),
  ...[status, generate, apply, clear].flatMap(proxied),
  ...[run, history, retag],
  ...also(generate, { 'POST /api/web/calibration/start-histogram': 'session' }),
  ...also(apply, { 'POST /api/web/calibration/start-apply': 'session' }),
  ...also(history, { 'GET /api/web/calibration/history': 'session' }),
  ...['histogram-status', 'histogram-progress', 'apply-status', 'apply-progress'].flatMap((name) =>
    also(status, { [`GET /api/web/calibration/${name}`]: 'session' }),
  ),
];

/** Sixty tracks more, as if they had been heard: what a calibration and correlations need to have something to say. */
export function insertAnalyses({ data }: World): void {
  const db = openDatabase(join(data, 'tonearm.db'));
  const template = db
    .prepare<[string], { id: number; library_id: number }>(`SELECT id, library_id FROM track WHERE path LIKE '%' || ?`)
    .get('one.wav')!;
  const analyzed = db
    .prepare<[number], { id: number; version: string }>('SELECT id, version FROM analysis WHERE track_id = ?')
    .get(template.id)!;
  const now = new Date().toISOString();
  const addTrack = db.prepare(`
    INSERT INTO track (library_id, path, folder, size_bytes, mtime_ms, container, duration_ms, title, artist, album,
      genre, sort_title, sort_artist, sort_album, added_at, scanned_at, analyzed_at, analysis_version)
    SELECT library_id, 'album/pretended ' || ? || '.wav', folder, size_bytes, mtime_ms, container, duration_ms,
      'Pretended', 'Someone', 'Some album', 'Pop', 'pretended', 'someone', 'some album', ?, ?, ?, ?
    FROM track WHERE id = ?`);
  const addAnalysis = db.prepare(`
    INSERT INTO analysis (track_id, version, preset, duration_s, patches, size_bytes, mtime_ms, created_at)
    SELECT ?, version, preset, duration_s, patches, size_bytes, mtime_ms, ? FROM analysis WHERE id = ?`);
  const addScore = db.prepare(`
    INSERT INTO score (analysis_id, head, label, position, backbone, kind, mean, trimmed_mean, std, min, max)
    VALUES (?, ?, ?, ?, 'tiny', 'softmax', ?, ?, 0.02, 0, 1)`);
  const addMood = db.prepare('INSERT INTO track_mood (track_id, mood, tier) VALUES (?, ?, ?)');
  db.transaction(() => {
    for (let n = 0; n < 60; n += 1) {
      const track = addTrack.run(n, now, now, now, analyzed.version, template.id).lastInsertRowid;
      const analysis = addAnalysis.run(track, now, analyzed.id).lastInsertRowid;
      for (const [head, mood] of [
        ['mood_happy', 'happy'],
        ['mood_party', 'party'],
      ] as const) {
        const score = (n + (mood === 'party' ? 7 : 0)) / 70;
        addScore.run(analysis, head, mood, 0, score, score);
        addScore.run(analysis, head, `non_${mood}`, 1, 1 - score, 1 - score);
        if (score > 0.6) addMood.run(track, mood, 3);
      }
    }
  })();
  db.close();
}

export function forgetPretended({ data }: World): void {
  const db = openDatabase(join(data, 'tonearm.db'));
  db.exec(`DELETE FROM track WHERE path LIKE 'album/pretended %'`);
  db.close();
}
