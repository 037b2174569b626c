import { z } from 'zod';
import { Track, TrackId } from '../../../library/tracks/contract';
import { Offset, procedure } from '../../../rpc';
import { ENCODINGS } from './encodings';

export { ENCODINGS, type Encoding as PlaylistEncoding } from './encodings';

/** A file of eight megabytes as base64, with what stands around it. */
const MAX_REQUEST_BYTES = 12 * 1024 * 1024;

export const ImportSource = z.object({
  position: z.number().int().describe('from 1, as in the playlist'),
  title: z.string(),
  artist: z.string(),
  album: z.string(),
  isrc: z.string(),
  durationMs: z.number().int().nullable(),
  path: z.string(),
});
export type ImportSource = z.infer<typeof ImportSource>;

export const ImportMatched = z.object({
  source: ImportSource,
  track: Track,
  method: z.enum(['remembered', 'isrc', 'path', 'exact', 'fuzzy']),
  confidence: z.number(),
});
export type ImportMatched = z.infer<typeof ImportMatched>;

export const ImportAmbiguous = z.object({
  source: ImportSource,
  candidates: z.array(z.object({ track: Track, confidence: z.number() })),
});
export type ImportAmbiguous = z.infer<typeof ImportAmbiguous>;

export const ImportPreview = z.object({
  name: z.string(),
  format: z.enum(['m3u', 'pls', 'csv', 'json', 'xspf', 'wpl', 'asx', 'b4s', 'mpcpl', 'plp', 'text']),
  encoding: z
    .enum(ENCODINGS)
    .nullable()
    .describe('in which the bytes were read: what they say themselves, else the one by which most tracks were found'),
  isEncodingGuessed: z.boolean().describe('another of `encoding` may be right; ask for it by name'),
  playlists: z.array(z.object({ name: z.string(), tracks: z.number().int() })).describe('all that are in the file'),
  total: z.number().int(),
  matched: z.array(ImportMatched),
  ambiguous: z.array(ImportAmbiguous).describe('to be decided by a person'),
  unmatched: z.array(ImportSource),
  unmatchedCsv: z.string().describe('the unmatched as a table, to keep or to search for elsewhere'),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const playlistImportContract = {
  preview: procedure({
    http: 'POST /api/web/playlist-import/preview',
    access: 'read',
    summary:
      'Which tracks of the library a playlist from elsewhere means: M3U, PLS, XSPF, JSPF, WPL, ASX, B4S, MPCPL, PLP, tables',
    maxJsonBytes: MAX_REQUEST_BYTES,
    input: z.object({
      name: z.string().min(1).max(500).describe('of the file'),
      content: z.string().optional().describe('its text'),
      contentBase64: z.base64().optional().describe('its bytes, where the encoding is not known'),
      encoding: z.enum(ENCODINGS).optional().describe('of the bytes, where the one that was found out is wrong'),
      index: Offset.describe('which playlist, where it has several'),
    }),
    output: ImportPreview,
  }),
  match: procedure({
    http: 'POST /api/web/playlist-import/match',
    access: 'full',
    summary: 'Remembers which track a line means, for this and every later import; null forgets it',
    input: z.object({
      title: z.string().min(1).max(500),
      artist: z.string().max(500).default(''),
      isrc: z.string().max(20).default(''),
      trackId: TrackId.nullable(),
    }),
    output: z.object({ remembered: z.boolean() }),
  }),
  save: procedure({
    http: 'POST /api/web/playlist-import/save',
    access: 'full',
    summary: 'Keeps tracks as a playlist, or gives them as the text of an M3U file',
    maxJsonBytes: MAX_REQUEST_BYTES,
    input: z.object({
      name: z.string().trim().min(1).max(200),
      trackIds: z.array(TrackId).min(1).max(10_000),
      as: z.enum(['playlist', 'm3u']).default('playlist'),
    }),
    output: z.object({ playlistId: z.number().int().nullable(), fileName: z.string(), content: z.string() }),
  }),
};
