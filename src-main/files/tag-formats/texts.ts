import type { IAudioMetadata, ICommonTagsResult } from 'music-metadata';

/** What is kept of one file: so many values of a field, so many letters of each, and so many letters in all. */
const MAX_VALUES = 32;
const MAX_LETTERS = 1024;
const MAX_IN_ALL = 8192;

/** Where the values of one field are parted, as Navidrome parts them. */
const WORDS = /[;/,]/;
const NAMES = /[;/]/;
const ARTISTS = / \/ | feat\.? | ft\.? |; /;

type Value = string | number | boolean | undefined;
type Values = Value | readonly Value[];

/**
 * What a file's own tags say beyond the columns of a track: by the names that Navidrome has for its fields, roles and
 * tags, each with one or more texts. Bounded, so that no file fills the database.
 */
export function textsOf({ common, format, native }: IAudioMetadata): Record<string, string[]> {
  const texts: Record<string, string[]> = {};
  let left = MAX_IN_ALL;
  for (const [field, values] of Object.entries({
    ...people(common),
    ...words(common),
    ...facts(common, format),
    compilation: compilation(native),
  })) {
    const kept = cleaned(values).filter((value) => {
      left -= value.length;
      return left >= 0;
    });
    if (kept.length > 0) texts[field] = kept;
  }
  return texts;
}

function people(common: ICommonTagsResult): Record<string, Values> {
  return {
    artist: common.artists && common.artists.length > 1 ? common.artists : parted(common.artist, ARTISTS),
    albumartist: common.albumartists ?? parted(common.albumartist, ARTISTS),
    composer: parted(common.composer, NAMES),
    lyricist: parted(common.lyricist, NAMES),
    conductor: parted(common.conductor, NAMES),
    arranger: parted(common.arranger, NAMES),
    producer: parted(common.producer, NAMES),
    engineer: parted(common.engineer, NAMES),
    mixer: parted(common.mixer, NAMES),
    remixer: parted(common.remixer, NAMES),
    djmixer: parted(common.djmixer, NAMES),
    performer: parted(common['performer:instrument'], NAMES),
  };
}

function words(common: ICommonTagsResult): Record<string, Values> {
  return {
    genre: parted(common.genre, WORDS),
    mood: parted(common.mood, WORDS),
    grouping: common.grouping,
    key: common.key,
    language: common.language,
    media: common.media,
    recordlabel: common.label,
    isrc: common.isrc,
    releasetype: common.releasetype,
    releasecountry: common.releasecountry,
    releasestatus: common.releasestatus,
    copyright: common.copyright,
    encodedby: common.encodedby,
    encodersettings: common.encodersettings,
    script: common.script,
    work: common.work,
    movementname: common.movement,
    movementtotal: common.movementTotal,
    subtitle: common.subtitle,
    asin: common.asin,
    barcode: common.barcode,
    license: common.license,
    website: common.website,
    musicbrainz_discid: common.musicbrainz_discid,
    musicbrainz_workid: common.musicbrainz_workid,
  };
}

function facts(common: ICommonTagsResult, format: IAudioMetadata['format']): Record<string, Values> {
  return {
    comment: common.comment?.map(({ text }) => text),
    discsubtitle: common.discsubtitle,
    sorttitle: common.titlesort,
    sortalbum: common.albumsort,
    sortartist: common.artistsort,
    sortalbumartist: common.albumartistsort,
    catalognumber: common.catalognumber,
    date: common.date ?? common.year,
    originaldate: common.originaldate ?? common.originalyear,
    releasedate: common.releasedate,
    bpm: common.bpm,
    bitdepth: format.bitsPerSample,
    rgtrackgain: common.replaygain_track_gain?.dB,
    rgtrackpeak: common.replaygain_track_peak?.ratio,
    rgalbumgain: common.replaygain_album_gain?.dB,
    rgalbumpeak: common.replaygain_album_peak?.ratio,
    mbz_album_id: common.musicbrainz_albumid,
    mbz_album_artist_id: common.musicbrainz_albumartistid,
    mbz_artist_id: common.musicbrainz_artistid,
    mbz_recording_id: common.musicbrainz_recordingid,
    mbz_release_track_id: common.musicbrainz_trackid,
    mbz_release_group_id: common.musicbrainz_releasegroupid,
  };
}

/** What the file says by itself: the reader takes "true" for false. */
function compilation(native: IAudioMetadata['native']): Values {
  const isOne = Object.values(native)
    .flat()
    .some(({ id, value }) => COMPILATION.test(id) && /^(1|t|true)$/i.test(String(value).trim()));
  return isOne ? 1 : undefined;
}
const COMPILATION = /^(TXXX:|----:com\.apple\.iTunes:)?(compilation|TCMP|TCP|cpil|WM\/IsCompilation)$/i;

function parted(values: string | readonly string[] | undefined, at: RegExp): string[] {
  return [values ?? []].flat().flatMap((value) => value.split(at));
}

function cleaned(values: Values): string[] {
  const texts = [values ?? []].flat().map((value) =>
    String(value ?? '')
      .trim()
      .slice(0, MAX_LETTERS),
  );
  return [...new Set(texts.filter((text) => text !== ''))].slice(0, MAX_VALUES);
}
