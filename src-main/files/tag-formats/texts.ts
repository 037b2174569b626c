import { dateOf } from './dates';
import type { FieldSet } from './fields';
import type { StreamFacts } from './streams';

/** What is kept of one file: so many values of a field, so many letters of each, and so many letters in all. */
const MAX_VALUES = 32;
const MAX_LETTERS = 1024;
const MAX_IN_ALL = 8192;

/** Where the values of one field are parted, as Navidrome parts them. */
const WORDS = /[;/,]/;
const NAMES = /[;/]/;
const ARTISTS = / \/ | feat\.? | ft\.? |; /;

type Values = string | number | undefined | readonly (string | number | undefined)[];

/** iTunes' rating of a song's words → explicit or clean, as Navidrome writes them. */
const EXPLICIT: Readonly<Record<string, string>> = { 1: 'e', 4: 'e', 2: 'c' };

/** Property → field of Navidrome's, for what is kept as it is said. */
const PLAIN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    (
      'grouping key language media isrc releasecountry releasestatus copyright encodedby encodersettings ' +
      'script work movementname movementtotal subtitle asin barcode license website discsubtitle catalognumber ' +
      'musicbrainz_discid musicbrainz_workid'
    )
      .split(' ')
      .map((name) => [name, name]),
  ),
  label: 'recordlabel',
  albumversion: 'albumcomment',
  titlesort: 'sorttitle',
  albumsort: 'sortalbum',
  artistsort: 'sortartist',
  albumartistsort: 'sortalbumartist',
  musicbrainz_albumid: 'mbz_album_id',
  musicbrainz_albumartistid: 'mbz_album_artist_id',
  musicbrainz_artistid: 'mbz_artist_id',
  musicbrainz_trackid: 'mbz_recording_id',
  musicbrainz_releasetrackid: 'mbz_release_track_id',
  musicbrainz_releasegroupid: 'mbz_release_group_id',
};
const PEOPLE = 'composer lyricist conductor director arranger producer engineer mixer remixer djmixer performer'.split(
  ' ',
);

/**
 * What a file's own tags say beyond the columns of a track: by the names that Navidrome has for its fields, roles and
 * tags, each with one or more texts. Bounded, so that no file fills the database.
 */
export function textsOf(fields: FieldSet, stream: StreamFacts = {}): Record<string, string[]> {
  const texts: Record<string, string[]> = {};
  let left = MAX_IN_ALL;
  for (const [field, values] of Object.entries({
    ...people(fields),
    ...Object.fromEntries(Object.entries(PLAIN).map(([property, field]) => [field, fields.get(property)])),
    ...facts(fields, stream),
  })) {
    const kept = cleaned(values).filter((value) => {
      left -= value.length;
      return left >= 0;
    });
    if (kept.length > 0) texts[field] = kept;
  }
  return texts;
}

function people(fields: FieldSet): Record<string, Values> {
  return {
    artist: parted(several(fields, 'artists') ?? fields.get('artist') ?? fields.get('artists'), ARTISTS),
    albumartist: parted(
      several(fields, 'albumartists') ?? fields.get('albumartist') ?? fields.get('albumartists'),
      ARTISTS,
    ),
    ...Object.fromEntries(PEOPLE.map((role) => [role, parted(fields.get(role), NAMES)])),
    genre: parted(fields.get('genre'), WORDS),
    mood: parted(fields.get('mood'), WORDS),
    releasetype: parted(fields.get('releasetype'), /,/),
  };
}

/** A list of names is one when it names several, and these are not taken apart again. */
function several(fields: FieldSet, name: string): readonly string[] | undefined {
  const values = fields.get(name);
  return values && values.length > 1 ? values : undefined;
}

function facts(fields: FieldSet, stream: StreamFacts): Record<string, Values> {
  return {
    comment: fields.get('comment') ?? fields.get('comment:named') ?? fields.get('description'),
    date: dateIn(fields, 'date', 'year'),
    originaldate: dateIn(fields, 'originaldate', 'originalyear'),
    releasedate: dateIn(fields, 'releasedate'),
    compilation: fields.get('compilation')?.some((value) => /^(1|t|true|yes)$/i.test(value)) ? 1 : undefined,
    explicitstatus: EXPLICIT[fields.get('explicitstatus')?.[0] ?? ''],
    bpm: numberIn(fields, 'bpm', 1, 1000),
    bitdepth: stream.bitDepth,
    rgtrackgain: gainIn(fields, 'track'),
    rgtrackpeak: numberIn(fields, 'replaygain_track_peak', 0, 100),
    rgalbumgain: gainIn(fields, 'album'),
    rgalbumpeak: numberIn(fields, 'replaygain_album_peak', 0, 100),
  };
}

/** The first date that one of the properties says. */
export function dateIn(fields: FieldSet, ...properties: readonly string[]): string | undefined {
  for (const property of properties) {
    for (const value of fields.get(property) ?? []) {
      const date = dateOf(value);
      if (date) return date;
    }
  }
  return undefined;
}

/** The first number at the beginning of a property's first value, where it is within the range. */
export function numberIn(fields: FieldSet, property: string, low: number, high: number): number | undefined {
  const [, text] = /^\s*([-+]?\d+(?:[.,]\d+)?)/.exec(fields.get(property)?.[0] ?? '') ?? [];
  const number = text === undefined ? Number.NaN : Number(text.replace(',', '.'));
  return number >= low && number <= high ? number : undefined;
}

/** In dB. Opus states 1/256 of one, relative to −23 LUFS where ReplayGain has −18. RFC 7845, 5.2.1. */
function gainIn(fields: FieldSet, of: 'track' | 'album'): number | undefined {
  const opus = numberIn(fields, `r128_${of}_gain`, -32_768, 32_767);
  return numberIn(fields, `replaygain_${of}_gain`, -64, 64) ?? (opus === undefined ? undefined : opus / 256 + 5);
}

function parted(values: readonly string[] | undefined, at: RegExp): string[] {
  if (!values || values.length === 0) return [];
  return values.length > 1 && at === ARTISTS ? [...values] : values.flatMap((value) => value.split(at));
}

function cleaned(values: Values): string[] {
  const texts = [values ?? []].flat().map((value) =>
    String(value ?? '')
      .trim()
      .slice(0, MAX_LETTERS),
  );
  return [...new Set(texts.filter((text) => text !== ''))].slice(0, MAX_VALUES);
}
