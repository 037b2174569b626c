/** Publishing: playlists on other servers. Owns the table `publication`. */
export type {
  PlaylistServers,
  PlaylistSource,
  Published,
  Publisher,
  SmartPlaylist,
} from './playlist-server';
export { createPublishing, publishingHandlers } from './publishing';
