/** The SQL of Lidarr's tables: `lidarr_link`, `lidarr_file`, `lidarr_incoming` and `tag_restored`. */

export { createLidarrStore, type LidarrStore } from './lidarr-store';
export { SEALED_TOKEN, tokenAt } from './links';
