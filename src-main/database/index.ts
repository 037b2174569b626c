/**
 * The database: opens the file with the settings that durability needs, and brings its schema up to date by the
 * numbered migrations beside it. Owns no table but `migration`.
 */
export { type Database, openDatabase } from './database';
export { lockForThisProcess } from './process-lock';
