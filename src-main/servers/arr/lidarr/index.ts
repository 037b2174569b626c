/**
 * Lidarr: a connection kind. Installs its webhook, acts on its events, catches up on what was missed. Owns the tables
 * `lidarr_link`, `lidarr_file`, `lidarr_incoming` and `tag_restored`.
 */
export { lidarrKind } from './lidarr-kind';
export { lidarrReaders } from './payloads';
export { SEALED_TOKEN } from './store';
