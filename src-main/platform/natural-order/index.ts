/** Natural order: names as people count, `Track 2` before `Track 10`. */
export { byName, withNumberLengths } from './natural-order';
