/** Library rows, and the check that a path stays inside its folder. Owns the tables `library` and `scan_folder`. */

export { confine, realPathOf, refuseTricks } from './confine';
export {
  createLibraryRepository,
  type LibraryChoices,
  type LibraryRepository,
  type ScanError,
} from './library-repository';
export { sayPassedOver } from './passed-over';
