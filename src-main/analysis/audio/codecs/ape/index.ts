/** Monkey's Audio, decoded by TypeScript. */
export { decodeApe } from './ape';
