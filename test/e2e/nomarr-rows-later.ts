import { z } from 'zod';
import { at, int, type Row } from './nomarr-rows';
import type { World } from './nomarr-world';

/** Of the one library. */
const here = (rest: string) => ({ path: ({ library: { id } }: World) => `/${id}/${rest}` });
const missing = (rest: string) => ({ says: 'a library that there is not', ...at(`/999/${rest}`), status: 404 });
const reads = { auth: 'session', access: 'read' } as const;
const writes = { auth: 'session', access: 'full' } as const;

const scan = (kind: 'quick' | 'full'): Row => ({
  ...writes,
  http: `POST /api/web/libraries/:id/scan/${kind}`,
  good: [
    {
      says: 'what was found',
      ...here(`scan/${kind}`),
      body: {},
      shape: z.object({ status: z.literal('queued'), stats: z.object({ files_discovered: int.min(3) }) }),
    },
  ],
  bad: [{ ...missing(`scan/${kind}`), body: {} }],
});

const progress: Row = {
  ...reads,
  http: 'GET /api/web/processing/status',
  good: [{ says: 'what is left', shape: z.object({ pending: int, running: int, completed: int, errors: int }) }],
};

/** What only the latest versions of Nomarr have, under names that none of its documents told, and that we have as well. */
export const laterRows: readonly Row[] = [
  scan('quick'),
  scan('full'),
  progress,
  {
    ...reads,
    http: 'GET /api/web/libraries/:id/errored-files',
    good: [
      { says: 'what could not be read', ...here('errored-files'), shape: z.object({ items: z.array(z.unknown()) }) },
    ],
    bad: [missing('errored-files')],
  },
  {
    ...writes,
    http: 'POST /api/web/libraries/:library_id/reconcile-tags',
    good: [
      {
        says: 'how many files are written',
        ...here('reconcile-tags'),
        body: {},
        shape: z.object({ queued: int, message: z.string() }),
      },
    ],
    bad: [{ says: 'a library without a number', ...at('/x/reconcile-tags'), body: {}, status: 400 }],
  },
  {
    ...reads,
    http: 'GET /api/web/libraries/:library_id/reconcile-status',
    good: [{ says: 'how many files hold older tags', ...here('reconcile-status'), shape: z.looseObject({}) }],
    bad: [{ says: 'a library without a number', ...at('/x/reconcile-status'), status: 400 }],
  },
  {
    ...reads,
    http: 'GET /api/web/libraries/files/search',
    good: [
      { says: 'all tracks', shape: z.object({ items: z.array(z.looseObject({ id: int })).min(3), total: int.min(3) }) },
      { says: 'those with a word', query: '?query=one', shape: z.object({ items: z.array(z.unknown()).length(1) }) },
    ],
    bad: [{ says: 'a limit of none', query: '?limit=0', status: 400 }],
  },
  {
    ...reads,
    http: 'GET /api/web/libraries/files/:id/tags',
    good: [
      {
        says: 'what is known of a track',
        path: async ({ api }) => `/${(await api.tracks.list({})).items[0].id}/tags`,
        shape: z.looseObject({ track: z.looseObject({ id: int }), inFile: z.record(z.string(), z.array(z.string())) }),
      },
    ],
    bad: [{ says: 'a track that there is not', ...at('/999999/tags'), status: 404 }],
  },
  {
    ...reads,
    http: 'GET /api/web/ml/models',
    good: [
      { says: 'the models', shape: z.looseObject({ models: z.array(z.looseObject({ name: z.string() })).min(1) }) },
    ],
  },
  {
    ...reads,
    http: 'POST /api/web/playlist-import/convert',
    good: [
      {
        says: 'what is in a playlist',
        body: { name: 'a.m3u', content: '#EXTM3U\n#EXTINF:8,Someone - One\none.wav\n' },
        shape: z.looseObject({}),
      },
    ],
    bad: [{ says: 'no playlist', body: {}, status: 400 }],
  },
];
