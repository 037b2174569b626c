/** Payloads: what Lidarr posts by its webhook or a script, and what its history says, as one kind of event. */
export { FILE_DELETED } from './history-payload';
export type { LidarrAlbum, LidarrArtist, LidarrEvent, LidarrFile } from './lidarr-event';
export { lidarrReaders, type PostedReading, readingOf } from './posted-reader';
export { readScript } from './script-payload';
