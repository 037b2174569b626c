import { z } from 'zod';
import { type SettingsOf, setting } from '../../platform/settings/contract';

export const librariesSettings = {
  library_auto_tag: setting({
    schema: z.boolean().default(true),
    title: 'Analyze what a scan finds',
    description: 'Queue what a scan found without being asked',
    effect: 'Applies from the end of the next scan on.',
  }),
  file_write_mode: setting({
    schema: z
      .preprocess((value) => (value === 'native' ? 'full' : value), z.enum(['none', 'minimal', 'full']))
      .default('full'),
    title: 'What new libraries write',
    description: 'The write mode that a new library begins with; native is another word for full',
    effect: 'Applies to libraries that are added from now on; each can be changed by itself.',
  }),
  library_ignore_patterns: setting({
    schema: z.string().max(4000).default(''),
    title: 'What new libraries leave out',
    description: 'Globs, separated by commas, that a new library begins with: what its scans leave out',
    effect: 'Applies to libraries that are added from now on; each can be changed by itself.',
  }),
  welcomed: setting({
    schema: z.boolean().default(false),
    title: 'First steps done',
    description: 'Whether the first steps were taken or skipped; they come once',
    effect: 'Off shows the first steps again while there is no library.',
    hasOwnControl: true,
  }),
};
export type LibrariesSettings = SettingsOf<typeof librariesSettings>;
