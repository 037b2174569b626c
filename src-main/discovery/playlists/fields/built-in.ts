import type { Field, FieldGroup, FieldType, Knowledge } from './field';

/**
 * What stands in a list: `name`, then `?` where Navidrome can tell its absence, `=alias`, and `@version` since when.
 */
type Line = string;

function columns(group: FieldGroup, type: FieldType, knowledge: Knowledge, lines: readonly Line[]): Field[] {
  return lines.map((line) => ({ ...parse(line), group, type, knowledge, kind: 'column', isSingle: true }));
}

function parse(line: Line) {
  const [, name, nullable, alias, since] = /^(\w+)(\??)(?:=(\w+))?(?:@(.+))?$/.exec(line)!;
  return {
    name,
    title: TITLES[name] ?? titleOf(name),
    aliases: alias ? [alias] : [],
    isNullable: nullable === '?',
    ...(since && { since }),
  };
}

const TITLES: Readonly<Record<string, string>> = {
  discsubtitle: 'Disc subtitle',
  sorttitle: 'Title for sorting',
  sortalbum: 'Album for sorting',
  sortartist: 'Artist for sorting',
  sortalbumartist: 'Album artist for sorting',
  albumcomment: 'Album version',
  catalognumber: 'Catalogue number',
  explicitstatus: 'Explicit status',
  filepath: 'Path in the library',
  filetype: 'File type',
  mbz_album_id: 'MusicBrainz album',
  mbz_album_artist_id: 'MusicBrainz album artist',
  mbz_artist_id: 'MusicBrainz artist',
  mbz_recording_id: 'MusicBrainz recording',
  mbz_release_track_id: 'MusicBrainz release track',
  mbz_release_group_id: 'MusicBrainz release group',
  originalyear: 'Original year',
  releaseyear: 'Release year',
  tracknumber: 'Track number',
  discnumber: 'Disc number',
  size: 'Size (bytes)',
  duration: 'Duration (s)',
  bitrate: 'Bit rate (kbit/s)',
  bitdepth: 'Bit depth',
  samplerate: 'Sample rate (Hz)',
  bpm: 'BPM (in the file)',
  playcount: 'Play count',
  averagerating: 'Average rating',
  rgtrackgain: 'Track gain (dB)',
  rgtrackpeak: 'Track peak',
  rgalbumgain: 'Album gain (dB)',
  rgalbumpeak: 'Album peak',
  library_id: 'Navidrome library',
  date: 'Recording date',
  originaldate: 'Original date',
  releasedate: 'Release date',
  dateadded: 'Date added',
  datemodified: 'Date modified',
  lastplayed: 'Last played',
  dateloved: 'Date loved',
  daterated: 'Date rated',
  hascoverart: 'Has cover art',
  missing: 'File is missing',
  albumartist: 'Album artist',
  djmixer: 'DJ mixer',
  maincredit: 'Main credit',
  recordlabel: 'Record label',
  isrc: 'ISRC',
  releasetype: 'Release type',
  releasecountry: 'Release country',
  releasestatus: 'Release status',
  encodedby: 'Encoded by',
  encodersettings: 'Encoder settings',
  movementname: 'Movement name',
  movementtotal: 'Movements',
  musicbrainz_discid: 'MusicBrainz disc',
  musicbrainz_workid: 'MusicBrainz work',
};

function titleOf(name: string): string {
  const [, owner, rest] =
    /^(album|artist)(rating|loved|playcount|lastplayed|date\w+|duration|songcount|size)$/.exec(name) ?? [];
  const words = owner ? `${owner}: ${OF_PARENT[rest] ?? rest}` : name;
  return words[0].toUpperCase() + words.slice(1);
}
const OF_PARENT: Readonly<Record<string, string>> = {
  playcount: 'play count',
  lastplayed: 'last played',
  dateloved: 'date loved',
  daterated: 'date rated',
  dateadded: 'date added',
  datemodified: 'date modified',
  songcount: 'number of tracks',
};

function valued(kind: 'role' | 'tag', lines: readonly Line[]): Field[] {
  return lines.map((line) => ({
    ...parse(line),
    ...({ kind, group: kind, type: 'text', isNullable: true, isSingle: false, knowledge: 'here' } as const),
  }));
}

/**
 * The fields that Navidrome has of itself, as in its version 0.63. Names and types are facts of its rule language; the
 * tags are those of its shipped mapping that rules can ask for.
 */
export const BUILT_IN: readonly Field[] = [
  ...columns('text', 'text', 'here', [
    ...['title', 'album?', 'comment?', 'discsubtitle?', 'sorttitle?', 'sortalbum?', 'sortartist?', 'sortalbumartist?'],
    ...['albumcomment?', 'catalognumber?', 'filepath', 'filetype', 'lyrics?', 'explicitstatus?@0.60.3'],
    ...['mbz_album_id?', 'mbz_album_artist_id?', 'mbz_artist_id?', 'mbz_recording_id?', 'mbz_release_track_id?'],
    'mbz_release_group_id?',
  ]),
  ...columns('text', 'text', 'elsewhere', ['codec@0.61.1']),
  ...columns('number', 'number', 'here', [
    ...['year', 'originalyear', 'releaseyear', 'tracknumber', 'discnumber', 'size', 'duration', 'bitrate', 'channels'],
    ...['bitdepth?', 'samplerate@0.61.1', 'bpm?'],
    ...['rgtrackgain?=replaygain_track_gain@0.62.0', 'rgtrackpeak?=replaygain_track_peak@0.62.0'],
    ...['rgalbumgain?=replaygain_album_gain@0.62.0', 'rgalbumpeak?=replaygain_album_peak@0.62.0'],
  ]),
  ...columns('number', 'number', 'unplayed', ['playcount', 'rating', 'averagerating@0.61.0']),
  ...columns('number', 'number', 'elsewhere', ['library_id@0.58.0']),
  ...columns('date', 'date', 'here', [
    'date=recordingdate',
    'originaldate',
    'releasedate',
    'dateadded',
    'datemodified',
  ]),
  ...columns('date', 'date', 'unplayed', ['lastplayed', 'dateloved', 'daterated@0.59.0']),
  ...columns('boolean', 'boolean', 'here', ['compilation', 'missing@0.61.1']),
  ...columns('boolean', 'boolean', 'elsewhere', ['hascoverart']),
  ...columns('boolean', 'boolean', 'unplayed', ['loved']),
  ...(['album', 'artist'] as const).flatMap((parent) => [
    ...columns('album', 'number', 'unplayed', [`${parent}rating@0.61.0`, `${parent}playcount@0.61.0`]),
    ...columns('album', 'boolean', 'unplayed', [`${parent}loved@0.61.0`]),
    ...columns(
      'album',
      'date',
      'unplayed',
      ['lastplayed', 'dateloved', 'daterated'].map((what) => `${parent}${what}@0.61.0`),
    ),
  ]),
  ...columns('album', 'date', 'elsewhere', ['albumdateadded@0.64.0', 'albumdatemodified@0.64.0']),
  ...columns('album', 'number', 'elsewhere', ['albumduration@0.64.0', 'albumsongcount@0.64.0', 'albumsize@0.64.0']),
  ...valued('role', [
    ...['artist', 'albumartist', 'composer', 'lyricist', 'conductor', 'arranger', 'producer', 'engineer', 'mixer'],
    ...['remixer', 'djmixer', 'director', 'performer', 'maincredit'],
  ]),
  ...valued('tag', [
    ...['genre', 'mood', 'grouping', 'key', 'language', 'media', 'recordlabel', 'isrc', 'releasetype=albumtype'],
    ...['releasecountry', 'releasestatus', 'copyright', 'encodedby', 'encodersettings', 'script', 'work', 'movement'],
    ...['movementname', 'movementtotal', 'subtitle', 'asin', 'barcode', 'license', 'website'],
    ...['musicbrainz_discid', 'musicbrainz_workid'],
  ]),
  { ...parse('playlist'), group: 'playlist', kind: 'playlist', type: 'text', isSingle: false, knowledge: 'elsewhere' },
  { ...parse('random'), group: 'sort', kind: 'sort', type: 'text', isSingle: true, knowledge: 'here' },
];

/** Names that Navidrome's mapping uses although rules cannot ask for them; a tag of ours must not take one over. */
const MAPPED_ONLY = [
  ...['titlesort', 'artistsort', 'artists', 'artistssort', 'composersort', 'lyricistsort', 'writer', 'albumartists'],
  ...['albumartistsort', 'albumartistssort', 'albumsort', 'albumversion', 'track', 'tracktotal', 'disc', 'disctotal'],
  ...['gapless', 'value', 'id', 'musicbrainz_artistid', 'musicbrainz_recordingid', 'musicbrainz_trackid'],
  ...[
    'musicbrainz_albumartistid',
    'musicbrainz_albumid',
    'musicbrainz_releasegroupid',
    'r128_track_gain',
    'r128_album_gain',
  ],
];

/** Every name that is Navidrome's own. */
export const RESERVED: ReadonlySet<string> = new Set([
  ...BUILT_IN.flatMap(({ name, aliases }) => [name, ...aliases]),
  ...MAPPED_ONLY,
]);
