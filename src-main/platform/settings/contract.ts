import { z } from 'zod';
import { procedure } from '../../rpc';

/** Every setting with its default; what is stored is checked against this again when it is read. */
export const Settings = z.object({
  namespace: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,15}$/, 'a short word of lower-case letters, digits and _, beginning with a letter')
    .default('nom')
    .describe('The prefix of our tags in the files: nom:happy'),
  preset: z.enum(['precise', 'balanced', 'fast']).default('balanced').describe('How densely a track is listened to'),
  workers: z.coerce
    .number<number | string>()
    .int()
    .min(0)
    .max(64)
    .default(0)
    .describe('Processes that listen; 0 lets the machine decide'),
  worker_memory_mb: z.coerce
    .number<number | string>()
    .int()
    .min(256)
    .max(65_536)
    .default(2048)
    .describe('A process that listens is replaced when it has grown beyond this'),
  min_duration_s: z.coerce.number<number | string>().min(0).max(3600).default(7).describe('Shorter tracks are skipped'),
  library_auto_tag: z.boolean().default(true).describe('Analyse what a scan found without being asked'),
  file_write_mode: z
    .preprocess((value) => (value === 'native' ? 'full' : value), z.enum(['none', 'minimal', 'full']))
    .default('full')
    .describe('The write mode that a new library begins with; native is another word for full'),
  write_standard_fields: z
    .boolean()
    .default(false)
    .describe('Write tempo, key and loudness as BPM, INITIALKEY and REPLAYGAIN_* too, not only under the namespace'),
  write_alias_keys: z.boolean().default(false).describe('Write mood_happy beside happy, for scripts made for Nomarr'),
  overwrite_standard_fields: z
    .boolean()
    .default(false)
    .describe('Replace a tempo, key or gain that the file already has'),
  calibrate_heads: z
    .boolean()
    .default(false)
    .describe('Put a calibration to use as soon as a script has it made; allows /admin/calibration/*'),
  calibration_min_samples: z.coerce
    .number<number | string>()
    .int()
    .min(50)
    .max(100_000)
    .default(100)
    .describe('With fewer tracks than this a calibration is blended with the raw scores; 1000 are advised'),
  playlist_folder: z
    .string()
    .max(4096)
    .default('')
    .describe('A folder outside the libraries that playlists may be written into'),
  job_retention_hours: z.coerce
    .number<number | string>()
    .int()
    .min(1)
    .max(87_600)
    .default(168)
    .describe('How long ended jobs are kept'),
  overwrite_tags: z
    .boolean()
    .default(true)
    .describe('Take out of the namespace what is not written now; off leaves the keys of other programs there'),
  library_ignore_patterns: z
    .string()
    .max(4000)
    .default('')
    .describe('Globs, separated by commas, that a new library begins with: what its scans leave out'),
  blocking_mode: z
    .boolean()
    .default(false)
    .describe('POST /api/v1/tag answers a key only when the file is done; folders never wait'),
  blocking_timeout: z.coerce
    .number<number | string>()
    .int()
    .min(1)
    .max(86_400)
    .default(3600)
    .describe('After so many seconds of waiting the answer is 504, and the job goes on'),
  cache_auto_evict: z.boolean().default(true).describe('Let models go from memory when nothing was listened to'),
  cache_idle_timeout: z.coerce
    .number<number | string>()
    .int()
    .min(1)
    .max(86_400)
    .default(300)
    .describe('Seconds without work after which that happens'),
  notify_when_done: z
    .boolean()
    .default(true)
    .describe('Tell by the system when long work has ended while the window is hidden'),
  welcomed: z.boolean().default(false).describe('Whether the first steps were taken or skipped; they come once'),
  worker_enabled: z.boolean().default(true).describe('Off while the queue is paused'),
});
export type Settings = z.output<typeof Settings>;
export type SettingName = keyof Settings;

/** Some of the settings. Without the defaults, which would else be put in for all that are not named. */
const SettingChanges = z.object(
  Object.fromEntries(Object.entries(Settings.shape).map(([name, schema]) => [name, schema.unwrap().optional()])),
) as unknown as ReturnType<typeof Settings.partial>;

export const settingsContract = {
  get: procedure({
    http: 'GET /api/web/settings',
    access: 'full',
    summary: 'All settings with their values',
    input: z.object({}),
    output: Settings,
  }),
  schema: procedure({
    http: 'GET /api/web/settings/schema',
    access: 'full',
    summary: 'Every setting with its kind, its default, what it takes and what happens when it is changed',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          name: z.string(),
          value: z.unknown(),
          default: z.unknown(),
          description: z.string(),
          effect: z.string(),
          needsRestart: z.boolean(),
          schema: z.record(z.string(), z.unknown()).describe('JSON Schema of what it takes'),
        }),
      ),
    }),
  }),
  update: procedure({
    http: 'PATCH /api/web/settings',
    access: 'full',
    summary: 'Changes the settings that are named and leaves the others',
    input: SettingChanges,
    output: Settings,
  }),
};
