import { join } from 'node:path';
import type { Database } from '../../../platform/database';
import type { EventBus } from '../../../platform/events';
import type { FoundFile, KnownFile, TrackRepository } from '../../tracks';
import type { TracksEvents } from '../../tracks/contract';
import type { LibrariesEvents, Library } from '../contract';
import type { LibraryRepository } from '../store';
import { preflight } from './1-preflight';
import { type WalkedFolder, walk } from './2-walk';
import { type Comparison, compare, emptyComparison, findGone, separateDisplaced } from './3-compare';
import { hasChanged, type Moves, matchMoved } from './4-match-moved';
import { type FileToRead, readTags, type StoredFile } from './5-read-tags';
import { guardAgainstLoss, markMissing } from './6-mark-missing';
import { noteErrors, type ScanSummary } from './7-finish';
import { type ListFolder, placeShown } from './entries';
import { type FileMoved, notifyMoves } from './file-moved';
import { ignoring } from './ignored';
import type { Progress } from './progress';
import { type FileReaders, lookInto } from './read-file';
import { type ScanRegion, type ScanScope, scopeOf } from './scope';

export interface ScanRequest {
  /** What to look at; empty for the whole library. */
  readonly regions: readonly ScanRegion[];
  /** Read the tags of every file again. */
  readonly force: boolean;
  readonly markMissing: boolean;
  /** A person said that what the guard found gone is gone. */
  readonly acceptMissing: boolean;
  /** Hand to the queue what is new, if the settings say so. */
  readonly enqueue: boolean;
}

export interface ScanDeps extends FileReaders {
  readonly db: Database;
  readonly events: EventBus<LibrariesEvents & TracksEvents>;
  readonly libraries: LibraryRepository;
  readonly tracks: TrackRepository;
  readonly extensions: ReadonlySet<string>;
  readonly listFolder: ListFolder;
  /** What is kept of a file by its path goes with it. */
  readonly moved: FileMoved;
}

export type ScanResult = Pick<ScanSummary, 'outcome' | 'message' | 'unchanged' | 'passedOver'>;

const WHOLE: readonly ScanRegion[] = [{ folder: '', recursive: true }];
/** How many tracks that are missing already are looked for among new files. */
const MAX_MISSING = 50_000;
/** Windows ask for their list again at each telling. */
const LEAST_MS_BETWEEN_LISTS = 1000;

/**
 * Brings what is known of a library up to date with its folder. Throws only when the signal aborts it or something is
 * broken in Tonearm itself; a folder or file that cannot be read is noted and passed over.
 */
export async function scan(
  library: Library,
  request: ScanRequest,
  deps: ScanDeps,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<ScanResult> {
  const { db, tracks } = deps;
  const regions = request.regions.length > 0 ? request.regions : WHOLE;
  const before = library.trackCount;

  const offline = await preflight(library.root_path, before > 0);
  if (offline) return { outcome: 'offline', message: offline, unchanged: 0, passedOver: {} };

  progress.begin('walk');
  const scope = scopeOf(regions);
  const comparison = await walkAndCompare(library, { request, regions, scope, deps, progress, signal });
  noteErrors({ libraries: deps.libraries, tracks, libraryId: library.id }, regions, scope);

  progress.begin('match');
  const unseen = await goneFrom(library, comparison, tracks, scope);
  const gone = [...unseen, ...separateDisplaced(comparison, unseen)];
  progress.add({ done: comparison.unchanged });
  const looks = lookInto(library.root_path, deps);
  const moves = await matchMoved(comparison.added, [...gone, ...lostBefore(comparison, gone, tracks)], looks, signal);

  progress.begin('read');
  placeMoved(comparison, moves, deps, progress);
  const onStored = emitWhenStored(deps.events, progress);
  await readTags(filesToRead(comparison, moves), { db, tracks, looks, signal, onStored });

  progress.begin('missing');
  const result = { unchanged: comparison.unchanged, passedOver: comparison.passedOver };
  const movedIds = new Set(moves.moved.map(({ known }) => known.id));
  const lost = request.markMissing ? gone.filter(({ id }) => !movedIds.has(id)) : [];
  // A share that was dropped during the walk looks like a folder whose files are gone.
  const dropped = lost.length > 0 ? await preflight(library.root_path, true) : null;
  if (dropped) return { ...result, outcome: 'offline', message: dropped };
  progress.add({ missing: lost.length });
  const question = request.acceptMissing ? null : guardAgainstLoss(lost.length, before);
  if (question) return { ...result, outcome: 'guarded', message: question };
  await markMissing(lost, { db, tracks, signal });
  return { ...result, outcome: 'done', message: null };
}

interface Walking {
  readonly request: ScanRequest;
  readonly regions: readonly ScanRegion[];
  readonly scope: ReturnType<typeof scopeOf>;
  readonly deps: ScanDeps;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

async function walkAndCompare(library: Library, walking: Walking): Promise<Comparison> {
  const { request, regions, scope, deps, progress, signal } = walking;
  const comparison = emptyComparison();
  const { extensions, listFolder, tracks } = deps;
  const whyIgnored = ignoring(library.ignorePatterns);
  for (const recursive of [true, false]) {
    const folders = regions.filter((region) => region.recursive === recursive);
    const starts = await Promise.all(folders.map(({ folder }) => placeShown(library.root_path, folder)));
    const options = { root: library.root_path, starts, recursive, extensions, whyIgnored, listFolder, signal };
    for await (const folder of walk(options)) {
      for (const link of folder.links) scope.fail(link);
      if (folder.error) scope.fail({ path: folder.folder, message: folder.error });
      for (const reason of reasonsIn(folder)) comparison.passedOver[reason] = (comparison.passedOver[reason] ?? 0) + 1;
      compare(folder, tracks, { libraryId: library.id, force: request.force }, comparison);
      const failed = folder.links.length + (folder.error ? 1 : 0);
      progress.add({ found: folder.files.length, errors: failed });
    }
  }
  return comparison;
}

/** Why something in a folder is not in the library, or not as the rest: a name that is not UTF-8 cannot be written. */
function reasonsIn({ passedOver, files }: WalkedFolder): (keyof Comparison['passedOver'])[] {
  return [...passedOver, ...files.filter(({ bytes }) => bytes !== null).map(() => 'not_utf8' as const)];
}

async function goneFrom(library: Library, comparison: Comparison, tracks: TrackRepository, scope: ScanScope) {
  const back = comparison.returned.length + comparison.changed.filter(({ known }) => known.isMissing).length;
  // Every track that was there was seen: nothing can be gone, and a large library need not be read through.
  if (comparison.seen.size - back === library.trackCount) return [];
  return findGone(library.id, comparison, tracks, scope);
}

/** Tracks that earlier scans found missing, in any library, and that this one has not met. */
function lostBefore({ added, seen }: Comparison, gone: readonly KnownFile[], tracks: TrackRepository): KnownFile[] {
  if (added.length === 0) return [];
  const goneNow = new Set(gone.map(({ id }) => id));
  return tracks.listMissing(MAX_MISSING).filter(({ id }) => !seen.has(id) && !goneNow.has(id));
}

/** Tracks that only are elsewhere now, or are there again, keep all that is known of them. */
function placeMoved({ returned }: Comparison, { moved }: Moves, deps: ScanDeps, progress: Progress): void {
  const { db, tracks, libraries } = deps;
  const unchanged = [...returned, ...moved.filter((move) => !hasChanged(move))];
  const roots = new Map(libraries.list().map(({ id, root_path }) => [id, root_path]));
  const placeOf = ({ libraryId, path }: KnownFile | FoundFile) => join(roots.get(libraryId)!, path);
  const moves = moved.map(({ known, file }) => ({
    from: placeOf(known),
    to: placeOf(file),
    file: { libraryId: file.libraryId, trackId: known.id },
  }));
  const taken = new Set(moves.map(({ to }) => to));
  const makingRoom = moved.filter(({ known }) => taken.has(placeOf(known)));
  db.transaction(() => {
    notifyMoves(deps.moved, moves);
    for (const { known } of makingRoom) tracks.setAside(known.id);
    for (const { known, file } of [...unchanged, ...makingRoom]) tracks.place(known.id, file);
  })();
  progress.add({ done: unchanged.length, moved: unchanged.length - returned.length, changed: returned.length });
}

function filesToRead({ changed }: Comparison, { moved, added }: Moves): FileToRead[] {
  return [
    ...moved.filter(hasChanged).map((move) => ({ ...move, kind: 'moved' as const })),
    ...changed.map(({ known, file }) => ({ kind: 'changed' as const, known, file, sameAudio: false })),
    ...added.map((file) => ({ kind: 'added' as const, known: null, file, sameAudio: false })),
  ];
}

function emitWhenStored(events: EventBus<LibrariesEvents & TracksEvents>, progress: Progress) {
  let emittedAt = Number.NEGATIVE_INFINITY;
  return (stored: readonly StoredFile[]) => {
    const count = (kind: StoredFile['kind']) => stored.filter((file) => file.kind === kind).length;
    const errors = stored.filter(({ hasFailed }) => hasFailed).length;
    const kinds = { added: count('added'), changed: count('changed'), moved: count('moved') };
    progress.add({ done: stored.length, errors, ...kinds });
    if (performance.now() - emittedAt < LEAST_MS_BETWEEN_LISTS) return;
    emittedAt = performance.now();
    events.emit('tracks.changed', { ids: [] });
  };
}
