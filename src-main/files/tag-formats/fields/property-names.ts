/**
 * Property → what it is called in one or another kind of tag, in small letters and digits alone: as TagLib, Picard and
 * foobar2000 publish their names. Spelling, blanks, hyphens and underscores differ from program to program.
 */
const NAMES: Readonly<Record<string, string>> = {
  title: 'name',
  artist: 'author',
  album: 'albumtitle',
  albumartist: 'band',
  date: 'recordingdate recordeddate recordingtime',
  originaldate: 'originalreleasedate originalreleasetime',
  originalyear: 'origyear originalreleaseyear',
  releasedate: 'releasetime',
  track: 'tracknumber tracknum',
  tracktotal: 'totaltracks trackcount',
  disc: 'discnumber disk disknumber partofset',
  disctotal: 'totaldiscs disccount',
  grouping: 'contentgroup contentgroupdescription',
  lyricist: 'writer textwriter',
  remixer: 'mixartist modifiedby',
  djmixer: 'djmix',
  mixer: 'mix',
  bpm: 'tempo beatsperminute',
  key: 'initialkey',
  label: 'publisher organization recordlabel',
  catalognumber: 'catalog catalogno labelno',
  barcode: 'upc ean',
  explicitstatus: 'itunesadvisory rtng',
  albumversion: 'musicbrainzalbumcomment',
  compilation: 'itunescompilation iscompilation partofacompilation',
  lyrics: 'unsyncedlyrics unsynchronisedlyrics unsynchronizedlyrics',
  media: 'sourcemedia',
  encodersettings: 'encoding encodingsettings',
  movementname: 'movement',
  discsubtitle: 'setsubtitle',
  website: 'artistwebpage authorurl www weblink',
  releasetype: 'musicbrainzalbumtype',
  releasestatus: 'musicbrainzalbumstatus',
  releasecountry: 'musicbrainzalbumreleasecountry',
  titlesort: 'titlesortorder sorttitle',
  albumsort: 'albumsortorder sortalbum',
  artistsort: 'artistsortorder sortartist',
  albumartistsort: 'albumartistsortorder sortalbumartist',
  composersort: 'composersortorder sortcomposer',
  replaygain_track_gain: 'replaygaintrackgain',
  replaygain_track_peak: 'replaygaintrackpeak',
  replaygain_album_gain: 'replaygainalbumgain',
  replaygain_album_peak: 'replaygainalbumpeak',
  r128_track_gain: 'r128trackgain',
  r128_album_gain: 'r128albumgain',
  musicbrainz_trackid: 'musicbrainztrackid musicbrainzrecordingid',
  musicbrainz_releasetrackid: 'musicbrainzreleasetrackid',
  musicbrainz_albumid: 'musicbrainzalbumid musicbrainzreleaseid',
  musicbrainz_artistid: 'musicbrainzartistid',
  musicbrainz_albumartistid: 'musicbrainzalbumartistid',
  musicbrainz_releasegroupid: 'musicbrainzreleasegroupid',
  musicbrainz_workid: 'musicbrainzworkid',
  musicbrainz_discid: 'musicbrainzdiscid',
};

/** Names that are properties already, but for their spelling. */
const PLAIN = (
  'artists albumartists year genre mood composer conductor director arranger producer engineer performer isrc comment ' +
  'description language copyright encodedby script work movementtotal subtitle asin license'
).split(' ');

const PROPERTIES = new Map([
  ...PLAIN.map((name) => [name, name] as const),
  ...Object.entries(NAMES).flatMap(([property, names]) =>
    [property, ...names.split(' ')].map((name) => [name, property] as const),
  ),
]);

/** The property that a field stands for, whatever program named it; its name in small letters where it is none of ours. */
export function propertyOf(name: string): string {
  const lower = name.toLowerCase();
  return PROPERTIES.get(lower.replace(/^wm\//, '').replace(/[^a-z0-9]/g, '')) ?? lower;
}
