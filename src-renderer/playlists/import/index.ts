/** A playlist from elsewhere, found again in the library line by line. */
export { ImportPage } from './ImportPage';
