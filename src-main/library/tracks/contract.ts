import { z } from 'zod';
import type { EventsOf } from '../../platform/events/contract';
import { Id, Offset, procedure, upTo } from '../../rpc';

export const TrackId = Id;

/** A row of the list of tracks. */
export const Track = z.object({
  id: z.number().int(),
  libraryId: z.number().int(),
  path: z.string().describe('relative to its library folder, forward slashes'),
  title: z.string(),
  artist: z.string(),
  album: z.string(),
  genre: z.string(),
  year: z.number().int().nullable(),
  durationMs: z.number().int().nullable(),
  container: z.string().nullable(),
  missingSince: z.string().nullable(),
  errorMessage: z.string().nullable(),
  /** As analytics counts it: with `skipped` and `failed` the last attempt came to nothing and would again. */
  status: z
    .enum(['missing', 'analyzed', 'skipped', 'failed', 'waiting'])
    .describe(
      'missing; analyzed; passed over or failed at the last attempt, for `statusReason`; waiting to be analyzed',
    ),
  statusReason: z.string().nullable().describe('a code: `too_short`, `unreadable_audio` …'),
  analyzedAt: z.string().nullable(),
  isIncomplete: z.boolean().describe('its analysis got less from the file than that promises'),
  taggedAt: z.string().nullable(),
  bpm: z.number().nullable(),
  key: z.string().nullable().describe('C, C#, D … B, then m for minor'),
  unsure: z.array(z.enum(['tempo', 'key'])).describe('tempo: may be half or double; key: may be a related one'),
});
export type Track = z.infer<typeof Track>;

const Tier = z.enum(['strict', 'regular', 'loose']);

export const ScoreView = z.object({
  head: z.string(),
  label: z.string(),
  position: z.number().int(),
  mean: z.number(),
  trimmedMean: z.number(),
  std: z.number().nullable(),
  min: z.number(),
  max: z.number(),
  /** What is written and what moods are decided by, 0…1: the one number for people. */
  value: z.number(),
  tier: Tier.nullable(),
  /** Why a label is no mood of the track although it is this sure. */
  leftOut: z.enum(['contradicted', 'no_voice', 'outdone']).nullable(),
});
export type ScoreView = z.infer<typeof ScoreView>;

export const TagChange = z.object({ field: z.string(), old: z.array(z.string()), new: z.array(z.string()) });
export type TagChange = z.infer<typeof TagChange>;

/** One track with everything that is known of it: what is in the file, its analysis, what we would write. */
export const TrackDetail = z.object({
  track: Track.extend({
    sizeBytes: z.number(),
    sampleRate: z.number().nullable(),
    channels: z.number().nullable(),
    bitrate: z.number().nullable(),
    absolutePath: z.string(),
    neverTouch: z.boolean(),
  }),
  analysis: z
    .object({
      version: z.string(),
      preset: z.string(),
      patches: z.number().int(),
      durationS: z.number(),
      expectedS: z.number().nullable().describe('what the file says of its length'),
      isIncomplete: z.boolean().describe('the file gave less than it promises, or parts could not be decoded'),
      decodedBy: z.string().describe('builtin, or the name and version of a program'),
      runtime: z.string().describe('What ran the models: onnxruntime 1.30.0, optimised 1'),
      isShort: z.boolean(),
      createdAt: z.string(),
      isStale: z.boolean(),
      scores: z.array(ScoreView),
      /** In the words of the tags, the surest first. */
      moods: z.array(z.object({ term: z.string(), tier: Tier })),
      descriptors: z
        .object({
          loudnessLufs: z.number().nullable(),
          loudnessRangeLu: z.number().nullable(),
          truePeakDbtp: z.number().nullable(),
          replaygainGainDb: z.number().nullable(),
          bpm: z.number().nullable(),
          bpmConfidence: z.number().nullable(),
          key: z.string().nullable(),
          scale: z.enum(['major', 'minor']).nullable(),
          keyConfidence: z.number().nullable(),
        })
        .nullable(),
    })
    .nullable(),
  /** Our tags as they stand in the file now; null when the file cannot be read, with the reason. */
  inFile: z.record(z.string(), z.array(z.string())).nullable(),
  fileMessage: z.string().nullable(),
  /** What Nomarr wrote into the file, under the names of our heads and with its inverted labels put right. */
  nomarr: z
    .object({
      tagCount: z.number().int(),
      scores: z.array(
        z.object({
          key: z.string(),
          head: z.string(),
          backbone: z.string(),
          label: z.string(),
          value: z.number(),
          wasInverted: z.boolean(),
        }),
      ),
    })
    .nullable(),
  /** What a write would change now; empty when the file is as it should be. */
  proposed: z.array(TagChange),
  history: z.array(
    z.object({
      id: z.number().int(),
      at: z.string(),
      state: z.enum(['prepared', 'written', 'undone', 'abandoned']),
      changes: z.array(TagChange),
    }),
  ),
});
export type TrackDetail = z.infer<typeof TrackDetail>;

export const tracksContract = {
  list: procedure({
    http: 'GET /api/web/tracks',
    access: 'read',
    summary: 'A page of tracks, searched and sorted',
    input: z.object({
      query: z.string().max(500).default('').describe('words in title, artist, album, genre or path'),
      library: TrackId.optional(),
      show: z
        .enum(['all', 'unanalyzed', 'skipped', 'errors', 'untagged', 'missing'])
        .default('all')
        .describe('by status: `unanalyzed` those that are waiting, `errors` those that failed'),
      sort: z.enum(['title', 'artist', 'album', 'added']).default('artist'),
      order: z.enum(['asc', 'desc']).default('asc'),
      limit: upTo(500, 200),
      offset: Offset,
    }),
    output: z.object({ items: z.array(Track), total: z.number().int() }),
  }),
  get: procedure({
    http: 'GET /api/web/tracks/:id',
    access: 'read',
    summary: 'One track: its analysis, what its file says, what would be written',
    input: z.object({ id: TrackId }),
    output: TrackDetail,
  }),
  neverTouch: procedure({
    http: 'POST /api/web/tracks/:id/never-touch',
    access: 'full',
    summary: 'Protects a file from ever being written by us, or lifts that',
    input: z.object({ id: TrackId, neverTouch: z.boolean() }),
    output: z.object({ neverTouch: z.boolean() }),
  }),
};

export const tracksEvents = {
  /** Tracks were added, changed or analyzed; without ids when many were. */
  'tracks.changed': z.object({ ids: z.array(z.number().int()).max(500) }),
};
export type TracksEvents = EventsOf<typeof tracksEvents>;
