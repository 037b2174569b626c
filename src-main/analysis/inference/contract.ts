import { z } from 'zod';
import { procedure } from '../../rpc';

export { type InferenceEvents, inferenceEvents } from './events';
export { type InferenceSettings, inferenceSettings } from './settings';

export const ModelInfo = z.object({
  name: z.string().describe('The file’s name without its ending'),
  backbone: z.string().describe('The embedding model it is, or is built upon: musicnn, effnet …'),
  kind: z.enum(['embedding', 'softmax', 'sigmoid', 'identity']),
  task: z.string().describe('What it answers: mood_happy'),
  state: z
    .enum(['ready', 'needs_labels', 'needs_backbone', 'available'])
    .describe('needs_labels and needs_backbone are installed, but not used'),
  verification: z
    .enum(['verified', 'unverified', 'differs'])
    .nullable()
    .describe('Whether its SHA-256 is one that we know; unverified when we know none'),
  warning: z
    .string()
    .nullable()
    .describe('Why its file is to be compared with another copy; null when there is no reason'),
  sizeBytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  url: z.string().nullable().describe('Where its publisher has it'),
  licence: z.string().nullable(),
  licenceUrl: z.string().nullable(),
  released: z.string().nullable(),
  classes: z.array(z.string()).nullable().describe('The labels, in the order of the output'),
  isReadOnly: z.boolean().describe('Lies in a folder that is only read'),
  optimised: z
    .object({
      isUsed: z.boolean().describe('The rewritten model runs; the published one when not'),
      reason: z.string().nullable().describe('Why the published one is used'),
      largestDifference: z.number().nullable().describe('Of any score, in the proof on this machine'),
      patches: z.number().int().describe('Patches of the proof'),
      tracks: z.number().int().describe('Tracks of the library among them'),
    })
    .nullable()
    .describe('Of an embedding model: what came of making less work of it; null before that was tried'),
});
export type ModelInfo = z.infer<typeof ModelInfo>;

const ModelName = z.string().min(1).max(200);

export const modelsContract = {
  list: procedure({
    http: 'GET /api/web/models',
    access: 'read',
    summary: 'The models that are installed, and those that can be downloaded',
    input: z.object({}),
    output: z.object({
      models: z.array(ModelInfo),
      publisher: z.string(),
      licence: z.object({ name: z.string(), url: z.string(), summary: z.string() }),
      /** Why this machine cannot run any; null where it can. */
      unavailable: z.string().nullable(),
    }),
  }),
  install: procedure({
    http: 'POST /api/web/models/install',
    access: 'full',
    summary: 'Downloads a model, or all of a backbone, from the publisher; answers when it is there',
    input: z.object({ name: ModelName, acceptLicence: z.boolean().default(false) }),
    output: z.object({ installed: z.array(z.string()) }),
  }),
  import: procedure({
    http: 'POST /api/web/models/import',
    access: 'full',
    summary: 'Copies the models of a folder on this machine',
    input: z.object({ folder: z.string().min(1) }),
    output: z.object({
      imported: z.array(z.string()),
      refused: z.array(z.object({ name: z.string(), reason: z.string() })),
    }),
  }),
  remove: procedure({
    http: 'POST /api/web/models/remove',
    access: 'full',
    summary: 'Deletes a model, or all of a backbone',
    input: z.object({ name: ModelName }),
    output: z.object({ removed: z.array(z.string()) }),
  }),
};
