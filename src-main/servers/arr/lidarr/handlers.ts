import { AppError, type HandlersOf } from '../../../rpc';
import type { KindServices } from '../../connection-kinds';
import { scriptFor } from './connect-script';
import type { lidarrContract } from './contract';
import { LIDARR, type Lidarrs } from './lidarr-client';
import { proposeMappings } from './propose-mappings';
import type { LidarrStore } from './store';
import type { WebhookInstallation } from './webhook-installation';

export interface LidarrHandlersDeps extends Pick<KindServices, 'connections' | 'filesOfSizes'> {
  readonly webhooksIn: Pick<KindServices['webhooksIn'], 'catchUp'>;
  readonly store: Pick<LidarrStore, 'link' | 'listIncoming'>;
  readonly lidarrs: Pick<Lidarrs, 'use'>;
  readonly installation: WebhookInstallation;
}

/** What is asked of a Lidarr alone. Each throws `not_found` for a connection that is none. */
export function lidarrHandlers(deps: LidarrHandlersDeps): HandlersOf<typeof lidarrContract> {
  const { connections, store, installation } = deps;
  const checked = (id: number) => connections.getOfKind(id, LIDARR.kind).id;

  return {
    async state({ id }) {
      const { webhookUrl, instanceName, verifiedAt, caughtUpAt, problems } = store.link(checked(id));
      const urls = await installation.urls(id);
      const lists = { problems: [...problems], incoming: store.listIncoming(id) };
      return { urls, installedUrl: webhookUrl, instanceName, verifiedAt, caughtUpAt, ...lists };
    },
    install: ({ id, url }) => installation.install(checked(id), url),
    uninstall: async ({ id }) => ({ removed: await installation.uninstall(checked(id)) }),
    async disconnect({ id, removeWebhook }) {
      checked(id);
      const failure = removeWebhook ? await installation.uninstall(id).then(noMessage, messageOf) : null;
      connections.remove(id);
      return { removed: true, message: failure };
    },
    catchUp: ({ id }) => deps.webhooksIn.catchUp(checked(id)),
    proposals: ({ id }) => deps.lidarrs.use(checked(id), (client) => proposeMappings(client, deps.filesOfSizes)),
    async script({ id, shell, url }) {
      const urls = await installation.urls(checked(id));
      const recommended = urls.find(({ isRecommended }) => isRecommended) ?? urls[0];
      const chosen = url ?? store.link(id).webhookUrl ?? recommended.url;
      return scriptFor(shell, { url: chosen, token: installation.token(id) });
    },
  };
}

const noMessage = () => null;
const messageOf = (thrown: unknown) =>
  thrown instanceof AppError
    ? `The webhook could not be removed from Lidarr: ${thrown.message}`
    : 'The webhook could not be removed from Lidarr.';
