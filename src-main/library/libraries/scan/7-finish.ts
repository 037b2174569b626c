import type { TrackRepository } from '../../tracks';
import type { Library, ScanRun } from '../contract';
import type { LibraryRepository } from '../store';
import type { ScanRegion, ScanScope } from './scope';

/** What one scan did. found = unchanged + added + changed + moved + returned, of the files that were reached. */
export interface ScanSummary {
  readonly outcome: 'done' | 'offline' | 'guarded' | 'cancelled' | 'failed';
  /** A sentence about the outcome, where there is more to say than the numbers do. */
  readonly message: string | null;
  readonly found: number;
  readonly unchanged: number;
  readonly added: number;
  readonly changed: number;
  readonly moved: number;
  /** Marked missing now; with the outcome `guarded`, what would have been. */
  readonly missing: number;
  /** How much in the folders is not the library's, by reason; see `PASSED_OVER`. */
  readonly passedOver: ScanRun['passedOver'];
  /** Files and folders that could not be read. */
  readonly errors: number;
  readonly queued: number;
  readonly jobIds: readonly number[];
}

const STATES: Record<ScanSummary['outcome'], Exclude<Library['state'], 'pending'>> = {
  done: 'ready',
  cancelled: 'ready',
  failed: 'ready',
  offline: 'offline',
  guarded: 'guarded',
};

export interface Finish {
  readonly libraries: LibraryRepository;
  readonly tracks: Pick<TrackRepository, 'pruneAlbums'>;
  readonly libraryId: number;
}

/** Notes what could not be read, within the regions that were looked at. */
export function noteErrors(
  { libraries, libraryId }: Finish,
  regions: readonly ScanRegion[],
  { errors }: ScanScope,
): void {
  for (const { folder } of regions) libraries.clearErrors(libraryId, folder);
  libraries.addErrors(libraryId, errors, new Date());
}

/** Removes albums without tracks, and leaves the library in the state that the outcome asks for. */
export function settle({ libraries, tracks, libraryId }: Finish, summary: ScanSummary): void {
  if (summary.changed + summary.moved > 0) tracks.pruneAlbums();
  if (summary.outcome === 'done' || summary.outcome === 'guarded') libraries.setScanned(libraryId, new Date());
  libraries.setState(libraryId, STATES[summary.outcome], summary.message);
}
