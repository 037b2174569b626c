import { z } from 'zod';
import { Id, procedure, upTo } from '../../../rpc';
import { Criteria, Finding, Group, SmartPlaylist } from '../rules/contract';

const PlaylistId = Id;

export const PlaylistView = z.object({
  id: z.number().int(),
  name: z.string(),
  kind: z.enum(['smart', 'static']),
  comment: z.string(),
  /** Null for a static one. */
  criteria: Criteria.nullable(),
  isPublic: z.boolean(),
  target: z.enum(['none', 'api', 'file', 'static']),
  /** The files that it was written to. */
  files: z.array(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type PlaylistView = z.infer<typeof PlaylistView>;

const said = {
  name: z.string().trim().min(1).max(200),
  comment: z.string().max(2000),
  isPublic: z.boolean(),
  target: z.enum(['none', 'api', 'file', 'static']),
};

const PlaylistTrack = z.object({
  id: z.number().int(),
  path: z.string(),
  title: z.string(),
  artist: z.string(),
  album: z.string(),
  durationMs: z.number().int().nullable(),
});
const Format = z.enum(['nsp', 'm3u']).describe('nsp: the rules; m3u: the tracks of now');

/** The playlists that are kept here. */
export const savedContract = {
  list: procedure({
    http: 'GET /api/web/playlists',
    access: 'read',
    summary: 'The saved playlists',
    input: z.object({}),
    output: z.object({ playlists: z.array(PlaylistView) }),
  }),
  get: procedure({
    http: 'GET /api/web/playlists/:id',
    access: 'read',
    summary: 'A saved playlist',
    input: z.object({ id: PlaylistId }),
    output: PlaylistView,
  }),
  create: procedure({
    http: 'POST /api/web/playlists',
    access: 'full',
    summary: 'Saves a smart playlist; one that Navidrome would refuse or empty is refused',
    input: z.object({
      ...said,
      criteria: Criteria,
      comment: said.comment.default(''),
      isPublic: said.isPublic.default(false),
      target: said.target.default('none'),
    }),
    output: PlaylistView,
  }),
  update: procedure({
    http: 'PATCH /api/web/playlists/:id',
    access: 'full',
    summary: 'Changes what is named of a playlist; a static one keeps its tracks',
    input: z.object({ ...z.object({ ...said, criteria: Criteria }).partial().shape, id: PlaylistId }),
    output: PlaylistView,
  }),
  remove: procedure({
    http: 'DELETE /api/web/playlists/:id',
    access: 'full',
    summary: 'Deletes a playlist and the files that it was written to, but for those that someone edited',
    input: z.object({ id: PlaylistId }),
    output: z.object({ left: z.array(z.string()).describe('files that were edited since, and are still there') }),
  }),
  count: procedure({
    http: 'GET /api/web/playlists/:id/count',
    access: 'read',
    summary: 'How many tracks a playlist has now',
    input: z.object({ id: PlaylistId }),
    output: z.object({ total: z.number().int(), matched: z.number().int() }),
  }),
  tracks: procedure({
    http: 'GET /api/web/playlists/:id/tracks',
    access: 'read',
    summary: 'The first tracks of a playlist, as they are now',
    input: z.object({
      id: PlaylistId,
      limit: upTo(500, 100),
    }),
    output: z.object({ total: z.number().int(), tracks: z.array(PlaylistTrack) }),
  }),
  export: procedure({
    http: 'GET /api/web/playlists/:id/export',
    access: 'read',
    summary: 'A playlist as the text of a file',
    input: z.object({ id: PlaylistId, format: Format.default('nsp') }),
    output: z.object({ fileName: z.string(), content: z.string() }),
  }),
  write: procedure({
    http: 'POST /api/web/playlists/:id/write',
    access: 'full',
    summary: 'Writes a playlist as a file into a folder of a library, or the one chosen for playlists',
    input: z.object({ id: PlaylistId, folder: z.string().min(1).max(4096), format: Format.default('nsp') }),
    output: z.object({ path: z.string() }),
  }),
  snapshot: procedure({
    http: 'POST /api/web/playlists/:id/snapshot',
    access: 'full',
    summary: 'Keeps the tracks that a playlist has now as a static one',
    input: z.object({ id: PlaylistId, name: said.name.optional() }),
    output: PlaylistView,
  }),
  parse: procedure({
    http: 'POST /api/web/playlists/parse',
    access: 'read',
    summary: 'A query as a tree of rules',
    input: z.object({ query: z.string().max(8192) }),
    output: z.object({ rules: Group }),
  }),
  read: procedure({
    http: 'POST /api/web/playlists/read-nsp',
    access: 'read',
    summary: 'The text of an .nsp file as a playlist, with what is wrong in it; nothing is saved',
    input: z.object({ content: z.string().max(200_000), fileName: z.string().max(255).default('Playlist') }),
    output: z.object({ playlist: SmartPlaylist, findings: z.array(Finding) }),
  }),
};
