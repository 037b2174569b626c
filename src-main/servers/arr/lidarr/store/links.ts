import type { Database } from '../../../../platform/database';
import type { SealedColumn } from '../../../../platform/sealing';

/** Where the secrets of webhooks stand. */
export const SEALED_TOKEN = { table: 'lidarr_link', row: 'connection_id', column: 'token' } satisfies SealedColumn;
export const tokenAt = (connectionId: number) => ({ ...SEALED_TOKEN, row: connectionId });

/** What is known of one connected Lidarr: our webhook there, and how far its history is read. */
export interface LidarrLink {
  readonly apiKeyId: number | null;
  /** Sealed. */
  readonly token: Buffer | null;
  readonly notificationId: number | null;
  readonly webhookUrl: string | null;
  readonly instanceName: string | null;
  readonly verifiedAt: string | null;
  readonly historyDate: string | null;
  readonly historyIds: readonly number[];
  readonly caughtUpAt: string | null;
  readonly problems: readonly LidarrProblem[];
}
interface LidarrProblem {
  readonly kind: string;
  readonly level: string;
  readonly message: string;
}

interface LinkRow {
  api_key_id: number | null;
  token: Buffer | null;
  notification_id: number | null;
  webhook_url: string | null;
  instance_name: string | null;
  verified_at: string | null;
  history_date: string | null;
  history_ids: string;
  caught_up_at: string | null;
  problems: string;
}

/** The SQL of `lidarr_link`. */
export function createLinks(db: Database) {
  const byConnection = db.prepare<[number], LinkRow>('SELECT * FROM lidarr_link WHERE connection_id = ?');
  const byKey = db.prepare<[number], number>('SELECT connection_id FROM lidarr_link WHERE api_key_id = ?').pluck();
  const put = db.prepare(`
    INSERT INTO lidarr_link (connection_id, api_key_id, token, notification_id, webhook_url, instance_name, verified_at,
      history_date, history_ids, caught_up_at, problems)
    VALUES (@connectionId, @apiKeyId, @token, @notificationId, @webhookUrl, @instanceName, @verifiedAt, @historyDate,
      @historyIds, @caughtUpAt, @problems)
    ON CONFLICT (connection_id) DO UPDATE SET api_key_id = excluded.api_key_id, token = excluded.token,
      notification_id = excluded.notification_id, webhook_url = excluded.webhook_url,
      instance_name = excluded.instance_name, verified_at = excluded.verified_at, history_date = excluded.history_date,
      history_ids = excluded.history_ids, caught_up_at = excluded.caught_up_at, problems = excluded.problems`);

  function link(connectionId: number): LidarrLink {
    const row = byConnection.get(connectionId);
    return row ? toLink(row) : NO_LINK;
  }

  return {
    link,
    /** The connection whose webhook a key of ours is for. */
    connectionOfKey: (apiKeyId: number): number | undefined => byKey.get(apiKeyId),
    /** Changes what is named. */
    setLink(connectionId: number, changes: Partial<LidarrLink>): void {
      const wanted = { ...link(connectionId), ...changes };
      const lists = { historyIds: JSON.stringify(wanted.historyIds), problems: JSON.stringify(wanted.problems) };
      put.run({ connectionId, ...wanted, ...lists });
    },
  };
}

const NO_LINK: LidarrLink = {
  apiKeyId: null,
  token: null,
  notificationId: null,
  webhookUrl: null,
  instanceName: null,
  verifiedAt: null,
  historyDate: null,
  historyIds: [],
  caughtUpAt: null,
  problems: [],
};

function toLink(row: LinkRow): LidarrLink {
  return {
    apiKeyId: row.api_key_id,
    token: row.token,
    notificationId: row.notification_id,
    webhookUrl: row.webhook_url,
    instanceName: row.instance_name,
    verifiedAt: row.verified_at,
    historyDate: row.history_date,
    historyIds: JSON.parse(row.history_ids),
    caughtUpAt: row.caught_up_at,
    problems: JSON.parse(row.problems),
  };
}
