import type { ImportPreview, ImportSource } from '../../src-main/discovery/playlists/import/contract';
import { aTrack } from './window-fixtures';

const aSource = (position: number, title: string, artist: string): ImportSource => ({
  ...{ position, title, artist, album: '', isrc: '', durationMs: 187_000, path: '' },
});

/** What an import says of a playlist of five tracks. */
export const anImportPreview = (): ImportPreview => ({
  name: 'Evening',
  format: 'json',
  encoding: 'utf-8',
  isEncodingGuessed: false,
  playlists: [
    { name: 'Evening', tracks: 5 },
    { name: 'Morning', tracks: 12 },
  ],
  total: 5,
  matched: [
    {
      source: aSource(1, 'Morning over the harbour', 'Anna Lindqvist'),
      track: aTrack(0),
      method: 'exact',
      confidence: 0.95,
    },
    { source: aSource(3, 'Nine ligths', 'Anna Lindqvist'), track: aTrack(2), method: 'fuzzy', confidence: 0.91 },
  ],
  ambiguous: [
    {
      source: aSource(2, 'Paper bots', 'Anna Lindqvist'),
      candidates: [
        { track: aTrack(1), confidence: 0.9 },
        { track: aTrack(8), confidence: 0.88 },
      ],
    },
  ],
  unmatched: [aSource(4, 'Enter the hall', 'Nobody Here'), aSource(5, 'Somewhere else', 'Nobody Here')],
  unmatchedCsv: 'Title,Artist\r\n',
});
