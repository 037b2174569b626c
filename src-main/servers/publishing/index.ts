/** Publishing: saved playlists kept up to date on connected servers. Owns the table `publication`. */
export type { PlaylistSource } from './publisher';
export { createPublishing, publishingHandlers } from './publishing';
