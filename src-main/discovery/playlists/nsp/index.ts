/** .nsp: the smart-playlist files of Navidrome, read, checked and written. Owns no tables. */
export { lower } from './lower';
export { readNsp } from './read';
export { refuseErrors, validate } from './validate';
export { nspRules, writeNsp } from './write';
