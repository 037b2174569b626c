/** ASF: the tags of WMA files. */
export { readAsf } from './asf';
