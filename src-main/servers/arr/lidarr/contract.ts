import { z } from 'zod';
import { Id, procedure } from '../../../rpc';

const id = { id: Id };

const Url = z.url({ protocol: /^https?$/ }).max(2000);

export const WebhookAddress = z.object({
  url: z.string(),
  from: z.enum(['this_machine', 'container', 'network']).describe('where Lidarr would have to run to use it'),
  isReachable: z.boolean(),
  isRecommended: z.boolean(),
});
export type WebhookAddress = z.infer<typeof WebhookAddress>;

export const LidarrState = z.object({
  urls: z.array(WebhookAddress),
  /** The address that our webhook in Lidarr calls; null while none is installed. */
  installedUrl: z.string().nullable(),
  instanceName: z.string().nullable(),
  verifiedAt: z.string().nullable().describe('when an event of it reached us last'),
  caughtUpAt: z.string().nullable().describe('when its history was read last'),
  problems: z.array(z.object({ kind: z.string(), level: z.string(), message: z.string() })),
  incoming: z.array(
    z.object({ downloadId: z.string(), title: z.string(), grabbedAt: z.string(), failure: z.string().nullable() }),
  ),
});
export type LidarrState = z.infer<typeof LidarrState>;

export const MappingProposal = z.object({
  remotePrefix: z.string(),
  localPrefix: z.string(),
  samplesOk: z.number().int(),
  samplesFailed: z.number().int(),
  isSure: z.boolean().describe('at least five files agree and none contradicts'),
});
export type MappingProposal = z.infer<typeof MappingProposal>;

export const lidarrContract = {
  state: procedure({
    http: 'GET /api/web/connections/:id/lidarr',
    access: 'read',
    summary: 'The webhook of a Lidarr, its downloads, its problems, and when its history was read last',
    input: z.object(id),
    output: LidarrState,
  }),
  install: procedure({
    http: 'POST /api/web/connections/:id/lidarr/install',
    access: 'full',
    summary: 'Creates or updates our webhook in Lidarr; Lidarr tries it at once',
    input: z.object({ ...id, url: Url.optional().describe('without it the recommended address') }),
    output: z.object({ url: z.string(), notificationId: z.number().int() }),
  }),
  uninstall: procedure({
    http: 'POST /api/web/connections/:id/lidarr/uninstall',
    access: 'full',
    summary: 'Removes our webhook from Lidarr',
    input: z.object(id),
    output: z.object({ removed: z.boolean() }),
  }),
  disconnect: procedure({
    http: 'POST /api/web/connections/:id/lidarr/disconnect',
    access: 'full',
    summary: 'Removes a Lidarr, and our webhook from it if asked to',
    input: z.object({ ...id, removeWebhook: z.boolean().default(true) }),
    output: z.object({ removed: z.boolean(), message: z.string().nullable() }),
  }),
  catchUp: procedure({
    http: 'POST /api/web/connections/:id/lidarr/catch-up',
    access: 'full',
    summary: 'Reads in the history of Lidarr now what no webhook posted',
    input: z.object(id),
    output: z.object({ events: z.number().int() }),
  }),
  proposals: procedure({
    http: 'GET /api/web/connections/:id/lidarr/mappings',
    access: 'full',
    summary: 'Which folders of Lidarr are which here, by files that both know',
    input: z.object(id),
    output: z.object({
      items: z.array(MappingProposal),
      rootFolders: z.array(z.string()),
      compared: z.number().int().describe('files of Lidarr that were looked for here'),
    }),
  }),
  script: procedure({
    http: 'POST /api/web/connections/:id/script',
    access: 'full',
    summary: "A script for Lidarr's Connect → Custom Script, with address and secret filled in",
    input: z.object({ ...id, shell: z.enum(['sh', 'powershell']).default('sh'), url: Url.optional() }),
    output: z.object({ name: z.string(), text: z.string() }),
  }),
};
