/** Payloads: what Lidarr posts by its webhook or a script, and what its history says, as one kind of event. */
export { digestOf, digestOfVariables } from './digest';
export { FILE_DELETED, readHistory } from './history-payload';
export { type LidarrAlbum, type LidarrArtist, type LidarrEvent, type LidarrFile, typeName } from './lidarr-event';
export { readScript, readVariables } from './script-payload';
export { readWebhook } from './webhook-payload';
