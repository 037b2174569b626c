/**
 * Connections: the other servers that we talk to, with their passwords sealed, and the HTTP client that talks to them.
 * Owns the table `connection`.
 */
export { SEALED_SECRET } from './connection-repository';
export { type Connections, connectionsHandlers, createConnections } from './connections';
export { type Connection, connectionsContract } from './contract';
export { createHttpClient, type HttpRequest, type HttpResponse, type Query } from './http-client';
export { createKeptClients } from './kept-clients';
export {
  CommonOptions,
  type ConnectionKind,
  type LocalLibrary,
  type LocalMusic,
  type LocalPath,
  type OpenConnection,
  SKIP_TLS_FIELD,
  type Tested,
} from './kind';
export { type FailureReason, failureReason, isTemporary, providerFailure } from './provider-failure';
