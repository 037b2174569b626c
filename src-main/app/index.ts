/** App: the composition root. Builds the application from its domains; the only folder that knows them all. */
export { type AppHost, createApp } from './app';
export { CONNECTION_KINDS } from './connection-kinds';
export { type ConnectionsPart, createConnectionsPart } from './connections';
export { makeDemoLibrary } from './demo';
