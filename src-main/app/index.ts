/** App: the composition root. Builds the application from its domains; the only folder that knows them all. */
export { type AppHost, createApp } from './app';
export { makeDemoLibrary } from './demo';
export { workerPrograms } from './worker-programs';
