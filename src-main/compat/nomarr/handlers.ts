import type { HandlersOf } from '../../rpc';
import type { nomarrContract } from './contract';
import type { NomarrDeps } from './deps';
import { nomarrLibraryHandlers } from './library-handlers';
import { nomarrQueueHandlers } from './queue-handlers';
import { nomarrSystemHandlers } from './system-handlers';

/** Answers what scripts made for Nomarr ask, with what the domains know. */
export function nomarrHandlers(deps: NomarrDeps): HandlersOf<typeof nomarrContract> {
  return { ...nomarrQueueHandlers(deps), ...nomarrLibraryHandlers(deps), ...nomarrSystemHandlers(deps) };
}
