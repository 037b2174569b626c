import type { AnalysisRepository } from '../../analysis/inference';
import type { Track, TrackRepository } from '../../library/tracks';
import type { Reader } from '../../platform/database';
import type { Caller, HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import { m3uFileName, m3uOf } from '../playlists';
import type { similarityContract } from './contract';
import { createFindTrack, type LibraryPlaces } from './find-track';
import type { createSimilarityQueries } from './queries';

export interface SimilarityDeps {
  readonly reader: Reader<ReturnType<typeof createSimilarityQueries>>;
  readonly tracks: TrackRepository;
  readonly analyses: AnalysisRepository;
  readonly libraries: LibraryPlaces;
  /** The version of the analysis that listens now. */
  readonly version: () => string;
}

/** Answers what sounds alike; all that takes time is done by the reader thread. */
export function createSimilarity(deps: SimilarityDeps): HandlersOf<typeof similarityContract> {
  const { reader, tracks, version } = deps;
  const findTrack = createFindTrack(deps);
  const similar = (input: { id: number; limit: number; min_score: number; backbone?: string }, caller: Caller) => {
    const { id, limit, min_score: minScore, backbone, ...wanted } = input;
    return reader.read('similarity.similar', { id, limit, minScore, backbone, wanted, version: version() }, caller);
  };

  return {
    similar,
    path({ filters: wanted, ...input }, caller) {
      return reader.read('similarity.path', { ...input, wanted, version: version() }, caller);
    },
    mix({ filters: wanted, ...input }, caller) {
      return reader.read('similarity.mix', { ...input, wanted, version: version() }, caller);
    },
    export: ({ name, trackIds }) => ({
      fileName: m3uFileName(name),
      content: m3uOf(name, trackIds.map(tracks.get)),
    }),
    async vectorSearch({ file_id: id, backbone_id: backbone, limit, min_score: minScore, library_scope }, caller) {
      const library = libraryOf(library_scope, tracks.get(id).libraryId);
      const found = await reader.read(
        'similarity.vectors',
        {
          id,
          backbone,
          limit,
          minScore,
          library,
          version: version(),
        },
        caller,
      );
      const results = found.items.map(({ track, cosine }) => foundVector(track, cosine));
      return { file_id: id, backbone_id: found.backbone, results };
    },
    async vectorBackbones() {
      const counts = await reader.read('similarity.counts', {});
      return { backbones: [...new Set(counts.map(({ backbone }) => backbone))].sort() };
    },
    vectorOfTrack: ({ file_id, backbone_id }) => vectorOf(deps, tracks.get(file_id).id, backbone_id),
    async vectorStats() {
      const counts = await reader.read('similarity.counts', {});
      const stats = counts.map(({ backbone, version: of, dimensions, tracks: total }) => ({
        backbone_id: backbone,
        version: of,
        dimensions,
        total_count: total,
        is_current: of === version(),
      }));
      return { current_version: version(), stats };
    },
    async similarForPlayers({ count, ...name }, caller) {
      const { id } = await findTrack(name);
      const { items } = await similar({ id, limit: count, min_score: 0 }, caller);
      const found = items.map(({ track, score }) => ({ ...foundVector(track, score), duration_ms: track.durationMs }));
      return { file_id: id, tracks: found, count: found.length };
    },
  };
}

const foundVector = ({ id, path, title, artist, album }: Track, score: number) => ({
  file_id: id,
  score,
  path,
  title,
  artist,
  album,
});

/** `all`: undefined; `own`: the library of the track; else the library with this number. */
function libraryOf(scope: string | number, own: number): number | undefined {
  if (scope === 'all') return undefined;
  if (scope === 'own') return own;
  const id = Number(String(scope).split('/').at(-1));
  if (Number.isInteger(id) && id > 0) return id;
  throw new AppError('invalid_input', `library_scope is "${scope}"; it has to be own, all, or the id of a library.`);
}

/** As stored: of the version that listens now where there is one, else of the newest. */
function vectorOf({ analyses, version }: SimilarityDeps, id: number, backbone: string | undefined) {
  const analysis = analyses.find(id, version()) ?? analyses.findLatest(id);
  const embeddings = analysis ? analyses.listEmbeddings(analysis.id) : [];
  const found = embeddings.find((embedding) => backbone === undefined || embedding.backbone === backbone);
  if (!analysis || !found)
    throw new AppError('not_found', `Track ${id} has no vector${backbone ? ` of ${backbone}` : ''}. Analyze it first.`);
  const vector = [...found.vector];
  return { file_id: id, backbone_id: found.backbone, version: analysis.version, dimensions: vector.length, vector };
}
