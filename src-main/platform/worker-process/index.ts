/**
 * Worker processes: one abstraction over a fork of Node and a utility process of Electron, for work that may crash, hang
 * or eat memory without harm to the application. Owns no tables.
 */
export { type Endpoint, processEndpoint } from './endpoint';
export { createNodeHost } from './node-host';
export { createReadAccess, type ReadAccess, type ReadGrant } from './read-access';
export { residentBytes } from './resident-bytes';
export type { WorkerChannel, WorkerExit, WorkerHost, WorkerOptions, WorkerPrograms } from './worker-host';
export { workerEnvironment } from './worker-rights';
