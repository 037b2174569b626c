import type { Connection, KindDescription } from '../../src-main/servers/connections/contract';
import type { ConnectionChanges } from './connection-actions';

/** What stands in the dialog of a connection. */
export interface Draft {
  readonly name: string;
  readonly url: string;
  readonly isEnabled: boolean;
  /** By the names of the kind's fields. */
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

/** What is known of a connection, else how its kind begins. A secret is never known here. */
export function draftOf({ fields }: KindDescription, connection?: Connection): Draft {
  const known = { ...connection?.options, username: connection?.username } as Record<string, string | undefined>;
  return {
    name: connection?.name ?? '',
    url: connection?.url ?? '',
    isEnabled: connection?.isEnabled ?? true,
    fields: Object.fromEntries(fields.map(({ name, initial }) => [name, known[name] ?? initial])),
  };
}

/** What to save: the options of the kind, and a secret or name only when it was entered. */
export function changesOf({ fields }: KindDescription, draft: Draft, connection?: Connection): ConnectionChanges {
  const { username, secret, ...options } = draft.fields;
  const has = (name: string) => fields.some((field) => field.name === name);
  return {
    ...(draft.name.trim() && { name: draft.name }),
    ...(has('username') && username !== connection?.username && { username: String(username) }),
    ...(has('secret') && secret !== '' && { secret: String(secret) }),
    ...(connection && { url: draft.url, isEnabled: draft.isEnabled }),
    options,
  };
}
