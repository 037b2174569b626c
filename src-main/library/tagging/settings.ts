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
  min_duration_s: setting({
    schema: z.coerce.number<number | string>().min(0).max(3600).default(7),
    title: 'Shortest track, in seconds',
    description: 'Shorter tracks are skipped',
    effect: 'Applies to the next file; what was too short before is analyzed after the next scan.',
  }),
  write_standard_fields: setting({
    schema: z.boolean().default(false),
    title: 'Write tempo, key and gain for every player',
    description: 'Write tempo, key and loudness as BPM, INITIALKEY and REPLAYGAIN_* too, not only under the namespace',
    effect: 'Applies to the next write to each file.',
  }),
  write_alias_keys: setting({
    schema: z.boolean().default(false),
    title: 'Write the longer names too',
    description: 'Write mood_happy beside happy, for scripts made for Nomarr',
    effect: 'Applies to the next write to each file.',
  }),
  overwrite_standard_fields: setting({
    schema: z.boolean().default(false),
    title: 'Replace tempo, key and gain that are there',
    description: 'Replace a tempo, key or gain that the file already has',
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
