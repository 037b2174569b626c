/**
 * Paths: where Tonearm keeps its data, which port it takes and which version it is; whether a path lies inside a
 * folder. Owns no tables.
 */
export { dataFolderFailure } from './data-folder';
export { givenPath } from './given-path';
export { insideOf } from './inside-of';
export { type AppPaths, findPaths, findPort } from './paths';
export { VERSION } from './version';
