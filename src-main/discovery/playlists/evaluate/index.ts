/** Evaluation: rules of smart playlists as SQL over the library. Reads the tables of tracks and scores, owns none. */
export { orderOf } from './order';
export { createPlaylistQueries, type PlaylistQueries, type Selected } from './queries';
export type { Sql } from './sql';
export { type UnjudgedRule, unjudgedOf } from './unjudged';
export { whereOf } from './where';
