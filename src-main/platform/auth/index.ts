/**
 * Auth: who may call over HTTP. API keys for programs, one password with sessions for people, tickets for what can be
 * used once, and the local secret of the command line. Owns the tables `api_key`, `password` and `session`.
 */

export { type Auth, createAuth, type Identity, mayCall } from './auth';
export { sessionCleanUpTask } from './clean-up-task';
export { clientGroup } from './client-group';
export { authContract } from './contract';
export { authHandlers } from './handlers';
export { type Instance, readInstance, removeInstance, writeInstance } from './instance-file';
export { newSecret, SECRET_PATTERN } from './secrets';
