/** Security: how the log-in is guarded, who is logged in, keys, and what was done to accounts. */
export { SecurityPage } from './SecurityPage';
