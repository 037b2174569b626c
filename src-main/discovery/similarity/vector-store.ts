import type { Database } from '../../platform/database';
import { AppError } from '../../rpc';
import { createVectorIndex, type VectorIndex } from './vector-index';

/** How many tracks have a vector of one backbone and one version of the analysis. */
export interface VectorCount {
  readonly version: string;
  readonly backbone: string;
  readonly dimensions: number;
  readonly tracks: number;
}

/** Whose vectors are wanted: those of the analysis version of now, of one backbone or of the one at hand. */
export interface VectorWish {
  readonly version: string;
  readonly backbone?: string;
}

interface LoadedVectors {
  readonly count: VectorCount;
  readonly index: VectorIndex;
  serial: number;
}

/** After so many changes it is asked again which version most tracks were analyzed with. */
const CHANGES_BEFORE_RECOUNT = 50;
const KEPT_INDEXES = 2;

/**
 * The vectors of the library in this thread's memory: read when they are first asked for, and from then on only what
 * has changed. 100 000 of 200 dimensions take 80 MB.
 */
export function createVectorStore(db: Database) {
  const lastSerial = db.prepare<[], number>('SELECT COALESCE(MAX(serial), 0) FROM vector_change').pluck();
  const changed = db.prepare<[number], number>('SELECT track_id FROM vector_change WHERE serial > ?').pluck();
  const counts = db.prepare<[], VectorCount>(`
    SELECT version, backbone, length(vector) / 4 AS dimensions, COUNT(*) AS tracks
    FROM embedding JOIN analysis ON analysis.id = analysis_id GROUP BY version, backbone
    ORDER BY tracks DESC, dimensions, backbone`);
  const all = db
    .prepare<[string, string], [number, Buffer]>(`
    SELECT track_id, vector FROM analysis JOIN embedding ON analysis_id = analysis.id WHERE version = ? AND backbone = ?`)
    .raw();
  const one = db
    .prepare<[number, string, string], Buffer>(`
    SELECT vector FROM analysis JOIN embedding ON analysis_id = analysis.id
    WHERE track_id = ? AND version = ? AND backbone = ?`)
    .pluck();
  const kept = new Map<string, LoadedVectors>();
  let counted: { serial: number; counts: readonly VectorCount[] } | undefined;

  function countsAt(serial: number): readonly VectorCount[] {
    if (!counted || counted.counts.length === 0 || serial - counted.serial > CHANGES_BEFORE_RECOUNT)
      counted = { serial, counts: counts.all() };
    return counted.counts;
  }

  function load(count: VectorCount, serial: number): LoadedVectors {
    const index = createVectorIndex(count.dimensions, count.tracks);
    for (const [track, vector] of all.iterate(count.version, count.backbone)) index.set(track, floatsOf(vector));
    const loaded = { count, index, serial };
    if (kept.size === KEPT_INDEXES) kept.delete(kept.keys().next().value!);
    kept.set(keyOf(count), loaded);
    return loaded;
  }

  function refresh({ index, count, serial }: LoadedVectors): void {
    for (const track of changed.all(serial)) {
      const vector = one.get(track, count.version, count.backbone);
      if (vector) index.set(track, floatsOf(vector));
      else index.remove(track);
    }
  }

  return {
    counts: (): readonly VectorCount[] => counts.all(),
    /** Throws `not_found` when no track has a vector of this backbone. */
    open(wish: VectorWish): { index: VectorIndex; count: VectorCount } {
      const serial = lastSerial.get()!;
      const count = choose(countsAt(serial), wish);
      if (!count) throw new AppError('not_found', noVectors(wish.backbone));
      const found = kept.get(keyOf(count)) ?? load(count, serial);
      if (found.serial < serial) refresh(found);
      found.serial = serial;
      return found;
    },
  };
}

/**
 * The version of now, once it has analyzed half as many tracks as the one that has analyzed most: right after a
 * change of models the old vectors serve better than three new ones. Vectors of two versions are never compared.
 */
function choose(counts: readonly VectorCount[], { version, backbone }: VectorWish): VectorCount | undefined {
  const wanted = counts.filter((count) => backbone === undefined || count.backbone === backbone);
  const [most] = wanted;
  return wanted.find((count) => count.version === version && count.tracks * 2 >= most.tracks) ?? most;
}

const noVectors = (backbone: string | undefined) =>
  backbone === undefined
    ? 'No track has been analyzed with a model yet, so nothing is known to sound alike.'
    : `No track has been analyzed with the backbone "${backbone}" yet.`;

const keyOf = ({ version, backbone }: VectorCount) => `${version} ${backbone}`;

/** A copy: the blob's memory need not begin at a multiple of four. */
const floatsOf = (blob: Buffer) => new Float32Array(new Uint8Array(blob).buffer);
