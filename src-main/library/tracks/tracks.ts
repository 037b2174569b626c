import type { HandlersOf } from '../../rpc';
import type { TrackDetail, tracksContract } from './contract';
import type { TrackRepository } from './track-repository';
import type { StoredTrack } from './track-row';

/** What other domains know of a track: its analysis, and what its file says. */
export interface TrackDescribers {
  describeAnalysis(track: StoredTrack): TrackDetail['analysis'] | Promise<TrackDetail['analysis']>;
  describeFile(track: StoredTrack): FileDescription | Promise<FileDescription>;
}
type FileDescription = Pick<TrackDetail, 'inFile' | 'fileMessage' | 'nomarr' | 'proposed' | 'history'>;

/** Answers what windows and scripts ask about tracks. */
export function createTracks(tracks: TrackRepository, describers: TrackDescribers): HandlersOf<typeof tracksContract> {
  return {
    list: (query) => tracks.list(query),
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
