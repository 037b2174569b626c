/**
 * Connections: the other servers that we talk to, with their passwords sealed, and what is done with each kind of them.
 * Owns the tables `connection` and `publication`.
 */
export { answerConnections, type Connections, createConnections } from './connections';
export { type ConnectionsPart, createConnectionsPart } from './connections-part';
export { type Connection, connectionsContract } from './contract';
export { CONNECTION_KINDS } from './kinds';
export type { PlaylistSource } from './publishing/publisher';
export { answerPublishing, createPublishing, type Publishing, type PublishingDeps } from './publishing/publishing';
export { createSeal, type Seal } from './seal';
