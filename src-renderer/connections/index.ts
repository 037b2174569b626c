/** Of the servers, what other screens show: where a playlist is published, and how a server sees a track. */
export { InNavidrome } from './InNavidrome';
export { PublishDialog } from './PublishDialog';
export { PUBLISHED } from './publication-words';
export { unpublish } from './publish-actions';
export { useNavidromes, usePublicationsOf } from './use-connections';
