/**
 * Paths: where Tonearm keeps its data, which port it takes and which version it is; that no other user reads that data;
 * whether a path lies inside a folder; which names are hidden, and how those are shown that are not UTF-8. Owns no tables.
 */
export { dataFolderFailure } from './data-folder';
export { givenPath } from './given-path';
export { insideOf } from './inside-of';
export { isHiddenName, showBytes } from './names';
export { type AppPaths, findPaths, findPort } from './paths';
export { closeDataFolder, makePrivateFile } from './private-files';
export { VERSION } from './version';
