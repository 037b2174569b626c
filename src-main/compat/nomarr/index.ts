/**
 * Nomarr: what the documents of Nomarr promise and no domain answers in just that shape, and the older paths of what
 * the domains do answer. Adapters only: owns no table and decides nothing.
 */

export { withNomarrPaths } from './aliases';

export { nomarrErrors } from './errors';
export { nomarrHandlers } from './handlers';
