/**
 * Auth: who may call over HTTP. API keys for programs; for people one password, codes of an authenticator app, recovery
 * codes and passkeys, with sessions; tickets for what can be used once, and the local secret of the command line. Owns
 * the tables `api_key`, `password`, `session`, `authenticator`, `recovery_code` and `passkey`.
 */

export { type Auth, createAuth, type Identity, mayCall } from './auth';
export { SEALED_AUTHENTICATOR } from './authenticator';
export { carryAccounts } from './carry-accounts';
export { sessionCleanUpTask } from './clean-up-task';
export { clientGroup } from './client-group';
export { authContract } from './contract';
export { authHandlers } from './handlers';
export { type Instance, readInstance, removeInstance, writeInstance } from './instance-file';
export { newSecret, SECRET_PATTERN } from './secrets';
