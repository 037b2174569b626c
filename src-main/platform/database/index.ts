/**
 * The database: opens the file with the settings that durability needs, and brings its schema up to date by the
 * numbered migrations beside it; has a second thread for questions that take long. Owns no table but `migration`.
 */
export { type Database, openDatabase } from './database';
export { createGroupCommit } from './group-commit';
export { offerStillWanted, stillWantedAt } from './interruption';
export { LATEST_SCHEMA, listMigrations } from './migrate';
export { pathsBelow } from './paths-below';
export { lockForThisProcess } from './process-lock';
export { createReader, type Reader, readHere } from './reader';
export { serveReader } from './serve-reader';
