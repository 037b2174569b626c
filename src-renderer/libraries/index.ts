/** Libraries: the folders with music, how each is treated, and how far its scan is. */
export { AddLibraryDialog } from './AddLibraryDialog';
export { FolderField } from './FolderField';
export { libraries } from './feature';
export { LibrariesBar } from './LibrariesBar';
export { LibrarySelect } from './LibrarySelect';
export { addLibrary } from './library-actions';
export { useLibraries, useScanProgress } from './use-libraries';
