/**
 * Connections: the other servers that we talk to, with their passwords sealed, and what is done with each kind of them.
 * Owns the tables `connection`, `publication`, `inbound_event`, `lidarr_link`, `lidarr_file`, `lidarr_incoming` and
 * `tag_restored`.
 */
export type { Connections } from './connections';
export { connectionsHandlers, createConnections } from './connections';
export { type Connection, connectionsContract } from './contract';
export { createHttpClient, type HttpRequest, type HttpResponse, type Query } from './http-client';
export type { OpenConnection } from './kind';
export { CommonOptions, type ConnectionKind, SKIP_TLS_FIELD, type Tested } from './kind';
export { type FailureReason, failureReason, providerFailure } from './provider-failure';
export { createSecretBox, type SecretBox } from './secret-box';
