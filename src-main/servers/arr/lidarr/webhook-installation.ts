import type { Auth } from '../../../platform/auth';
import type { SecretBox } from '../../../platform/sealing';
import { type Connections, providerFailure } from '../../connections';
import { webhookPath } from '../../webhooks-in';
import type { ArrNotification } from '../client';
import { LIDARR, type LidarrClient, type Lidarrs } from './lidarr-client';
import { type LidarrStore, tokenAt } from './store';
import { type ListenerAddress, type WebhookUrl, webhookUrls } from './webhook-urls';

export interface WebhookInstallationDeps {
  readonly connections: Pick<Connections, 'get'>;
  readonly lidarrs: Pick<Lidarrs, 'use'>;
  readonly keys: Pick<Auth['keys'], 'create' | 'has'>;
  readonly secretBox: SecretBox;
  readonly store: Pick<LidarrStore, 'link' | 'setLink'>;
  readonly listener: () => ListenerAddress;
}

const pathOf = (connectionId: number) => webhookPath(LIDARR.kind, connectionId);

/** The events that Lidarr posts to us, of all that it can post. */
const WANTED = [
  'onReleaseImport',
  'onUpgrade',
  'onRename',
  'onTrackRetag',
  'onArtistAdd',
  'onArtistDelete',
  'onAlbumDelete',
  'onGrab',
  'onHealthIssue',
  'onHealthRestored',
  'includeHealthWarnings',
  'onDownloadFailure',
  'onImportFailure',
  'onApplicationUpdate',
];

/** The webhook of ours that a Lidarr calls: its secret, its address, and its installation in Lidarr. */
export function createWebhookInstallation(deps: WebhookInstallationDeps) {
  const { connections, lidarrs, keys, secretBox, store, listener } = deps;

  /** The secret of a connection's webhook; a new one when there is none, or it was revoked. */
  function token(connectionId: number): string {
    const { apiKeyId, token: sealed } = store.link(connectionId);
    if (sealed && apiKeyId !== null && keys.has(apiKeyId)) return secretBox.open(sealed, tokenAt(connectionId));
    const { key, apiKey } = keys.create(`Webhook of ${connections.get(connectionId).name}`, 'webhook');
    store.setLink(connectionId, { apiKeyId: apiKey.id, token: secretBox.seal(key, tokenAt(connectionId)) });
    return key;
  }

  async function urls(connectionId: number, client?: LidarrClient): Promise<WebhookUrl[]> {
    const status = await client?.status().catch(() => undefined);
    const place = { url: connections.get(connectionId).url, isDocker: status?.isDocker ?? false };
    return webhookUrls(pathOf(connectionId), listener(), place);
  }

  return {
    token,
    /** Without asking Lidarr whether it runs in a container. */
    urls: (connectionId: number) => urls(connectionId),

    /**
     * Makes the webhook in Lidarr, or brings the one of ours up to date; Lidarr calls us once to try it. Throws
     * `provider_failed` with Lidarr's reason.
     *
     * @param url the address to be called; without it the recommended one
     */
    install: (connectionId: number, url?: string): Promise<{ url: string; notificationId: number }> =>
      lidarrs.use(connectionId, async (client) => {
        const all = await urls(connectionId, client);
        const chosen = url ?? all.find(({ isRecommended }) => isRecommended)?.url ?? all[0].url;
        const existing = await findOurs(client, store.link(connectionId).notificationId, pathOf(connectionId));
        const blank = existing ?? (await blankWebhook(client));
        const webhook = fill(blank, chosen, token(connectionId));
        await client.testNotification(webhook);
        if (existing) await client.updateNotification(webhook);
        const notificationId = existing?.id ?? (await client.createNotification(webhook)).id ?? 0;
        store.setLink(connectionId, { notificationId, webhookUrl: chosen });
        return { url: chosen, notificationId };
      }),

    /** Removes the webhook from Lidarr; false when there was none of ours. */
    uninstall: (connectionId: number): Promise<boolean> =>
      lidarrs.use(connectionId, async (client) => {
        const ours = await findOurs(client, store.link(connectionId).notificationId, pathOf(connectionId));
        if (ours?.id !== undefined) await client.deleteNotification(ours.id);
        store.setLink(connectionId, { notificationId: null, webhookUrl: null });
        return ours !== undefined;
      }),
  };
}

export type WebhookInstallation = ReturnType<typeof createWebhookInstallation>;

async function findOurs(
  client: LidarrClient,
  knownId: number | null,
  path: string,
): Promise<ArrNotification | undefined> {
  const webhooks = (await client.notifications()).filter(({ implementation }) => implementation === 'Webhook');
  const callsUs = ({ fields }: ArrNotification) =>
    fields.some(({ name, value }) => name === 'url' && typeof value === 'string' && value.split('?')[0].endsWith(path));
  return webhooks.find(({ id }) => id === knownId) ?? webhooks.find(callsUs);
}

async function blankWebhook(client: LidarrClient): Promise<ArrNotification> {
  const blank = (await client.notificationSchema()).find(({ implementation }) => implementation === 'Webhook');
  if (!blank) throw providerFailure('not_this_product', 'This Lidarr offers no webhooks.');
  return { ...blank, name: 'Tonearm' };
}

/** Fills in the fields that this Lidarr has: headers are known to newer ones only. */
function fill(blank: ArrNotification, url: string, token: string): ArrNotification {
  const values: Record<string, unknown> = {
    url,
    method: 1,
    username: LIDARR.kind,
    password: token,
    headers: [{ key: 'X-Webhook-Token', value: token }],
  };
  const isSupported = (name: string) => blank[`supports${name[0].toUpperCase()}${name.slice(1)}`] !== false;
  const events = WANTED.filter((name) => name in blank || isSupported(name)).map((name) => [name, isSupported(name)]);
  const fields = blank.fields.map((field) => (field.name in values ? { ...field, value: values[field.name] } : field));
  return { ...blank, ...Object.fromEntries(events), fields };
}
