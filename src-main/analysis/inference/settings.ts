import { z } from 'zod';
import { type SettingsOf, setting } from '../../platform/settings/contract';

export const inferenceSettings = {
  preset: setting({
    schema: z.enum(['precise', 'balanced', 'fast']).default('precise'),
    title: 'Analysis quality',
    description: 'How densely a track is analyzed',
    effect: 'Applies to files that begin from now on; results are kept apart from those of another quality.',
  }),
  workers: setting({
    schema: z.coerce.number<number | string>().int().min(0).max(64).default(0),
    title: 'Analysis workers',
    description: 'Processes that analyze; 0 lets the machine decide',
    effect: 'Processes are started or stopped at once; those in excess finish their file.',
  }),
  inference_backend: setting({
    schema: z.enum(['auto', 'native', 'web']).default('auto'),
    title: 'Runtime of the models',
    description: 'The machine’s own code, or WebAssembly, which runs everywhere and takes several times as long',
    effect: 'Workers are replaced after their file. Scores differ by rounding alone.',
  }),
  worker_memory_mb: setting({
    schema: z.coerce.number<number | string>().int().min(256).max(65_536).default(2048),
    title: 'Memory of an analysis worker, in MB',
    description: 'A worker is replaced when it has grown beyond this',
    effect: 'Checked after each file.',
  }),
  cache_auto_evict: setting({
    schema: z.boolean().default(true),
    title: 'Unload models when idle',
    description: 'Let models go from memory when nothing was analyzed for a while',
    effect: 'Applies from the end of the next file on.',
  }),
  cache_idle_timeout: setting({
    schema: z.coerce.number<number | string>().int().min(1).max(86_400).default(300),
    title: 'Idle after, in seconds',
    description: 'Seconds without work after which that happens',
    effect: 'Applies from the end of the next file on.',
  }),
};
export type InferenceSettings = SettingsOf<typeof inferenceSettings>;
