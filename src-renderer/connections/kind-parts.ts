import type { ComponentType } from 'react';
import type { Connection, KindName } from '../../src-main/servers/connections/contract';
import { createSlot } from '../router';

export interface RemovalProps {
  readonly connection: Connection;
  onClose(): void;
}

/** What a kind of server has of its own on the screen of connections. */
export interface KindParts {
  readonly kind: KindName;
  /** What is shown and can be done beneath a connection. */
  readonly Details: ComponentType<{ connection: Connection }>;
  /** How a connection is removed, where more than forgetting it is to be decided. */
  readonly Removal?: ComponentType<RemovalProps>;
}
export const kindParts = createSlot<KindParts>();

export const partsOf = (kind: KindName): KindParts | undefined =>
  kindParts.items().find((parts) => parts.kind === kind);
