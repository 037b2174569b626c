import type { ComponentType } from 'react';
import type { Connection, KindName } from '../../src-main/connections/contract';
import { LidarrDetails } from './lidarr/LidarrDetails';
import { NavidromeDetails } from './NavidromeDetails';

/** What is shown and can be done beneath a connection, by its kind. */
export const KIND_DETAILS: Readonly<Partial<Record<KindName, ComponentType<{ connection: Connection }>>>> = {
  navidrome: NavidromeDetails,
  lidarr: LidarrDetails,
};
