/**
 * Connections: the other servers that we talk to, with their passwords sealed, and what is done with each kind of them.
 * Owns the tables `connection`, `publication`, `inbound_event`, `lidarr_link`, `lidarr_file`, `lidarr_incoming` and
 * `tag_restored`.
 */
export type { Connections } from './connections';
export { type ConnectionsPart, createConnectionsPart } from './connections-part';
export { type Connection, connectionsContract } from './contract';
export type { OpenConnection } from './kind';
export { CONNECTION_KINDS } from './kinds';
