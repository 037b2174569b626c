/**
 * `nom`: the command line. Talks to a running application over its API; when none runs, opens the library itself.
 * Owns no tables.
 */
export { runCli } from './main';
