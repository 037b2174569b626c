import { api, useCall, usePages, useRefresh } from '../api';
import { useTracksStore } from './tracks-store';

/** The tracks to show now, page by page; asked for again whenever a scan or an analysis changes them. */
export function useTracks() {
  const { query, library, show, sort, order } = useTracksStore();
  const filter = { query, library, show, sort, order };
  useRefresh(api.tracks.list.procedureName, ['tracks.changed', 'libraries.changed']);
  return usePages(api.tracks.list, filter, (offset, limit) => api.tracks.list({ ...filter, offset, limit }));
}

/** One track with everything that is known of it. */
export const useTrack = (id: number) => useCall(api.tracks.get, { id }, { refreshOn: 'tracks.changed' });

/** A few tracks with these words. */
export const useFoundTracks = (query: string) =>
  useCall(api.tracks.list, { query, limit: 8, sort: 'title' }, { isEnabled: query.trim() !== '' });
