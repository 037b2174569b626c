/** Worker threads: one piece of work in a thread of its own, with progress and cancelling. Owns no tables. */
export { runInThread, serveThread } from './worker-thread';
