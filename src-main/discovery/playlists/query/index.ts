/** Query text: rules as one line of text, both ways. Owns no tables. */
export { parseQuery } from './parse';
export { writeQuery } from './write';
