import { z } from 'zod';
import { Id, procedure } from '../../rpc';
import { ConnectionId } from '../connections/contract';

/** `smart` by the server's API, `file` as .nsp in a library, `static` with the tracks that match now. */
export const PublishHow = z.enum(['smart', 'file', 'static']);
export type PublishHow = z.infer<typeof PublishHow>;

/** A playlist of ours on another server. */
export const Publication = z.object({
  playlistId: z.number().int(),
  connectionId: z.number().int(),
  how: PublishHow,
  name: z.string(),
  remoteId: z.string().nullable(),
  path: z.string().nullable(),
  /** `changed_there`: someone edited it on the server since; `gone`: someone deleted it there. */
  state: z.enum(['published', 'changed_there', 'gone', 'failed']),
  message: z.string().nullable(),
  publishedAt: z.string(),
  checkedAt: z.string(),
});
export type Publication = z.infer<typeof Publication>;

const overwrite = z
  .preprocess((value) => value === true || value === 'true', z.boolean())
  .default(false)
  .describe('Even when it was changed on the server since');

export const publishingContract = {
  publish: procedure({
    http: 'POST /api/web/playlists/:id/publish',
    access: 'full',
    summary:
      'Puts a playlist on a server, or brings it up to date there; what others changed there is not overwritten unasked',
    input: z.object({
      id: Id,
      connectionId: ConnectionId,
      how: PublishHow.default('smart'),
      libraryId: Id.optional().describe('For a file: the library that gets it; the first that the server sees without'),
      overwrite,
    }),
    output: Publication,
  }),
  unpublish: procedure({
    http: 'DELETE /api/web/playlists/:id/publish',
    access: 'full',
    summary: 'Takes a playlist off a server; only what we put there is removed',
    input: z.object({ id: Id, connectionId: ConnectionId, overwrite }),
    output: z.object({ removed: z.boolean() }),
  }),
  ofPlaylist: procedure({
    http: 'GET /api/web/playlists/:id/publications',
    access: 'read',
    summary: 'The servers that a playlist is on',
    input: z.object({ id: Id }),
    output: z.array(Publication),
  }),
  ofConnection: procedure({
    http: 'GET /api/web/connections/:id/publications',
    access: 'read',
    summary: 'The playlists that were put on a server',
    input: z.object({ id: ConnectionId }),
    output: z.array(Publication),
  }),
  check: procedure({
    http: 'POST /api/web/connections/:id/publications/check',
    access: 'full',
    summary: 'Looks which of the playlists on a server were changed or deleted there',
    input: z.object({ id: ConnectionId }),
    output: z.array(Publication),
  }),
};
