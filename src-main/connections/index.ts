/**
 * Connections: the other servers that we talk to, with their passwords sealed, and what is done with each kind of them.
 * Owns the table `connection`.
 */
export { answerConnections, type Connections, createConnections } from './connections';
export { type Connection, connectionsContract } from './contract';
export { CONNECTION_KINDS } from './kinds';
export { createSeal, type Seal } from './seal';
