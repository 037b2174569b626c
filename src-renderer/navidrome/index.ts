/** Navidrome: what it sees of our music and tags, and the playlists that are published on it. */
export { navidrome } from './feature';
export { PublishDialog } from './PublishDialog';
export { PUBLISHED } from './publication-words';
export { unpublish } from './publish-actions';
export { useNavidromes, usePublicationsOf } from './use-navidrome';
