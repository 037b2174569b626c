/**
 * The client of the Arrs (Lidarr, Sonarr, Radarr): address, API key, paging, limits and failures, and what all of them
 * answer alike. Knows no single one of them. Owns no tables.
 */
export { createArrClient } from './arr-client';
export { type ArrNotification, createCommonCalls } from './common-calls';
