import { z } from 'zod';
import { type SettingsOf, setting } from '../../platform/settings/contract';

export const taggingSettings = {
  namespace: setting({
    schema: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,15}$/, 'a short word of lower-case letters, digits and _, beginning with a letter')
      .default('nom'),
    title: 'Namespace of our tags',
    description: 'The prefix of our tags in the files: nom:happy',
    effect: 'The next write to a file uses it; tags under the old prefix stay until they are removed.',
  }),
  tag_separator: setting({
    schema: z.enum(['colon', 'underscore', 'hyphen']).default('colon'),
    title: 'Between namespace and name',
    description:
      'Our tags are named nom:happy, nom_happy or nom-happy. MPD shows only names without a colon; every other player that shows such tags shows all three.',
    effect:
      'Files written before count as holding other names until they are written anew, which can be undone. All three are always read. Servers need the new configuration for playlists.',
  }),
  min_duration_s: setting({
    schema: z.coerce.number<number | string>().min(0).max(3600).default(7),
    title: 'Shortest track, in seconds',
    description: 'Shorter tracks are skipped',
    effect: 'Applies to the next file; what was too short before is analyzed after the next scan.',
  }),
  write_standard_fields: setting({
    schema: z.boolean().default(false),
    title: 'For all players: write mood, tempo, key and gain where they look',
    description:
      'Write MOOD, BPM, INITIALKEY and REPLAYGAIN_* too, which players know without being set up. What a file already says stays.',
    effect:
      'Applies to the next write to each file that gets all tags. Off, the next write takes out what Tonearm put there.',
  }),
  write_alias_keys: setting({
    schema: z.boolean().default(false),
    title: 'Write the longer names too',
    description: 'Write mood_happy beside happy, for scripts made for Nomarr',
    effect: 'Applies to the next write to each file.',
  }),
  overwrite_standard_fields: setting({
    schema: z.boolean().default(false),
    title: 'Replace mood, tempo, key and gain that are there',
    description: 'Replace a mood, tempo, key or gain that others wrote into the file',
    effect: 'Applies to the next write to each file.',
  }),
  overwrite_tags: setting({
    schema: z.boolean().default(true),
    title: 'Clear the namespace before writing',
    description: 'Take out of the namespace what is not written now; off leaves the keys of other programs there',
    effect: 'Applies to the next write to each file.',
  }),
};
export type TaggingSettings = SettingsOf<typeof taggingSettings>;
