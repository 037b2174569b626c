import type { Reader } from '../../platform/database';
import type { HandlersOf } from '../../rpc';
import type { TrackDetail, tracksContract } from './contract';
import type { TrackQueries } from './track-list';
import type { TrackRepository } from './track-repository';
import type { StoredTrack } from './track-row';

/** What other domains know of a track: its analysis, and what its file says. */
export interface TrackDescribers {
  describeAnalysis(track: StoredTrack): TrackDetail['analysis'] | Promise<TrackDetail['analysis']>;
  describeFile(track: StoredTrack): FileDescription | Promise<FileDescription>;
}
type FileDescription = Pick<TrackDetail, 'inFile' | 'fileMessage' | 'nomarr' | 'proposed' | 'history'>;

/** Up to here a page is found at once. */
const NEAR = 2000;

/** Answers what windows and scripts ask about tracks. */
export function createTracks(
  tracks: TrackRepository,
  reader: Reader<TrackQueries>,
  describers: TrackDescribers,
): HandlersOf<typeof tracksContract> {
  return {
    list: async (query, caller) =>
      query.offset <= NEAR
        ? tracks.list(query)
        : tracks.listFound(await reader.read('tracks.deepPage', query, caller), query),
    async get({ id }) {
      const track = tracks.get(id);
      const analysis = await describers.describeAnalysis(track);
      return { track, analysis, ...(await describers.describeFile(track)) };
    },
    neverTouch({ id, neverTouch }) {
      tracks.get(id);
      tracks.setNeverTouch(id, neverTouch);
      return { neverTouch };
    },
  };
}
