import { z } from 'zod';
import type { EventsOf } from '../../platform/events/contract';
import { procedure, upTo } from '../../rpc';
import { Condition, Finding, Group, Operator, SmartPlaylist } from './rules/contract';
import { savedContract } from './saved/contract';

export { type PlaylistsSettings, playlistsSettings } from './settings';

export const FieldView = z.object({
  name: z.string().describe('what stands in rules and files'),
  title: z.string(),
  group: z.enum(['heard', 'text', 'number', 'date', 'boolean', 'album', 'role', 'tag', 'playlist', 'sort']),
  type: z.enum(['text', 'number', 'date', 'boolean']),
  operators: z.array(Operator).describe('those that mean something here'),
  aliases: z.array(z.string()),
  isMultiple: z.boolean(),
  canSort: z.boolean(),
  knowledge: z
    .enum(['here', 'unplayed', 'elsewhere'])
    .describe('elsewhere: only Navidrome knows it; unplayed: the preview takes every track as never played or rated'),
  since: z.string().nullable().describe('the version of Navidrome that knows it first'),
  suggestions: z.array(z.string()).describe('values, where there are few of them'),
});
export type FieldView = z.infer<typeof FieldView>;

const PreviewTrack = z.object({
  path: z.string(),
  title: z.string(),
  artist: z.string(),
  album: z.string(),
});

/** A query in words, or the same as a tree; exactly one of them. */
const asked = {
  query: z.string().max(8192).optional(),
  rules: Group.optional(),
};
const ordered = {
  limit: z.coerce.number<number | string>().int().min(1).max(100_000).optional(),
  sort: z.string().max(500).optional(),
};

/** A rule that the preview could not judge as Navidrome will. */
const Unjudged = z.object({
  path: z.array(z.number().int()),
  rule: Condition,
  assumed: z.enum(['unplayed', 'left_out']).describe('unplayed: as for a track without plays or ratings'),
});

export const playlistsContract = {
  config: procedure({
    http: 'GET /api/web/navidrome/config',
    access: 'read',
    summary: 'The part of navidrome.toml that makes our tags fields of Navidrome',
    input: z.object({
      style: z.enum(['dotted', 'tables']).default('dotted').describe('for the top of the file, or for its end'),
      feed_mood: z
        .enum(['none', 'strict', 'regular', 'loose'])
        .default('none')
        .describe('the list of moods that Navidrome’s own mood field gets besides'),
    }),
    output: z.object({
      namespace: z.string(),
      config: z.string(),
      tag_count: z.number().int(),
      warnings: z.array(z.string()),
    }),
  }),
  tags: procedure({
    http: 'GET /api/web/navidrome/preview',
    access: 'read',
    summary: 'The tags that the configuration is made of, and how many tracks have each',
    input: z.object({}),
    output: z.object({
      namespace: z.string(),
      tag_count: z.number().int(),
      tags: z.array(
        z.object({
          tag_key: z.string(),
          field: z.string().describe('its name in Navidrome'),
          type: z.enum(['float', 'string']),
          is_multivalue: z.boolean(),
          summary: z.string(),
          total_count: z.number().int(),
        }),
      ),
    }),
  }),
  preview: procedure({
    http: 'POST /api/web/navidrome/playlists/preview',
    access: 'read',
    summary: 'The tracks that a query or a tree of rules matches, as Navidrome would find them',
    input: z.object({
      ...asked,
      ...ordered,
      preview_limit: upTo(100, 10),
    }),
    output: z.object({
      query: z.string().nullable(),
      matched_tracks: z.number().int(),
      preview: z.array(PreviewTrack),
      total_count: z.number().int(),
      sample_tracks: z.array(PreviewTrack),
      warnings: z.array(z.string()),
      findings: z.array(Finding),
      unjudged: z.array(Unjudged),
    }),
  }),
  generate: procedure({
    http: 'POST /api/web/navidrome/playlists/generate',
    access: 'read',
    summary: 'The text of an .nsp file for a query or a tree of rules',
    input: z.object({
      ...asked,
      ...ordered,
      playlist_name: z.string().trim().min(1).max(200),
      comment: z.string().max(2000).optional(),
    }),
    output: z.object({
      playlist_name: z.string(),
      query: z.string().nullable(),
      content: z.string(),
      warnings: z.array(z.string()),
    }),
  }),
  fields: procedure({
    http: 'GET /api/web/playlists/fields',
    access: 'read',
    summary: 'The fields that rules can ask for, with the operators that each allows',
    input: z.object({}),
    output: z.object({ namespace: z.string(), fields: z.array(FieldView) }),
  }),
  templates: procedure({
    http: ['GET /api/web/navidrome/templates', 'GET /api/web/navidrome/templates/list'],
    access: 'read',
    summary: 'Playlists to begin with, of the scores that this library has',
    input: z.object({}),
    output: z.object({
      templates: z.array(
        z.object({ template_id: z.string(), name: z.string(), description: z.string(), playlist: SmartPlaylist }),
      ),
    }),
  }),
  writeTemplates: procedure({
    http: ['POST /api/web/navidrome/templates', 'POST /api/web/navidrome/templates/generate'],
    access: 'full',
    summary: 'Writes the templates, or one of them, as .nsp files into a folder',
    input: z.object({
      template_id: z.string().optional(),
      output_dir: z
        .string()
        .min(1)
        .max(4096)
        .optional()
        .describe('in a library, or in the folder chosen for playlists'),
    }),
    output: z.object({ files_generated: z.record(z.string(), z.string()) }),
  }),
  ...savedContract,
};

export const playlistsEvents = {
  'playlists.changed': z.object({}),
};
export type PlaylistsEvents = EventsOf<typeof playlistsEvents>;
