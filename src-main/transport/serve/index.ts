/** Serve: the application without a window, with its page and API on a port. Owns no tables. */
export { nodeHost, serve } from './serve';
