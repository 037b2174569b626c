/** What is sent compressed: files that the build compressed, and JSON of some size. Never a stream of events. */
export { precompressed } from './precompressed';
export { sendJson } from './send-json';
