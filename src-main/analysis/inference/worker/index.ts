/** The inference worker: the process that analyzes files, and the messages it speaks. */
export { type FromWorker, PROTOCOL, type ToWorker } from './protocol';
