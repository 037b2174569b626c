import type { ComponentType } from 'react';
import type { Connection, KindName } from '../../src-main/servers/connections/contract';
import { LidarrDetails } from './lidarr/LidarrDetails';
import { RemoveLidarr } from './lidarr/RemoveLidarr';
import { NavidromeDetails } from './NavidromeDetails';

/** What is shown and can be done beneath a connection, by its kind. */
export const KIND_DETAILS: Readonly<Partial<Record<KindName, ComponentType<{ connection: Connection }>>>> = {
  navidrome: NavidromeDetails,
  lidarr: LidarrDetails,
};

export interface RemoveProps {
  connection: Connection;
  onClose(): void;
}

/** How a connection is removed, where more than forgetting it is to be decided. */
export const KIND_REMOVALS: Readonly<Partial<Record<KindName, ComponentType<RemoveProps>>>> = { lidarr: RemoveLidarr };
