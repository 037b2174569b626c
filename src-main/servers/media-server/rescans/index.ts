/** Rescans: has media servers read the folders in which tags were written. Owns no tables. */
export { createRescans, type Rescanner, type Rescans, type RescansDeps } from './rescans';
