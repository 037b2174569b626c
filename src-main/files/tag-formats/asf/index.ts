/** ASF: the tags of WMA files. */
export { readAsf } from './asf';
export { ASF, asfObjects } from './asf-objects';
