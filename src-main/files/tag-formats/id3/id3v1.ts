import type { TagField } from '../tag-file';

/** The genres that ID3v1 has numbers for, beginning with 0; from 80 on as Winamp added them. */
const GENRES = (
  'Blues|Classic Rock|Country|Dance|Disco|Funk|Grunge|Hip-Hop|Jazz|Metal|New Age|Oldies|Other|Pop|R&B|Rap|' +
  'Reggae|Rock|Techno|Industrial|Alternative|Ska|Death Metal|Pranks|Soundtrack|Euro-Techno|Ambient|Trip-Hop|' +
  'Vocal|Jazz-Funk|Fusion|Trance|Classical|Instrumental|Acid|House|Game|Sound Clip|Gospel|Noise|' +
  'Alternative Rock|Bass|Soul|Punk|Space|Meditative|Instrumental Pop|Instrumental Rock|Ethnic|Gothic|Darkwave|' +
  'Techno-Industrial|Electronic|Pop-Folk|Eurodance|Dream|Southern Rock|Comedy|Cult|Gangsta|Top 40|' +
  'Christian Rap|Pop/Funk|Jungle|Native American|Cabaret|New Wave|Psychedelic|Rave|Showtunes|Trailer|Lo-Fi|' +
  'Tribal|Acid Punk|Acid Jazz|Polka|Retro|Musical|Rock & Roll|Hard Rock|Folk|Folk Rock|National Folk|Swing|' +
  'Fast Fusion|Bebop|Latin|Revival|Celtic|Bluegrass|Avant-garde|Gothic Rock|Progressive Rock|Psychedelic Rock|' +
  'Symphonic Rock|Slow Rock|Big Band|Chorus|Easy Listening|Acoustic|Humour|Speech|Chanson|Opera|Chamber Music|' +
  'Sonata|Symphony|Booty Bass|Primus|Porn Groove|Satire|Slow Jam|Club|Tango|Samba|Folklore|Ballad|Power Ballad|' +
  'Rhythmic Soul|Freestyle|Duet|Punk Rock|Drum Solo|A Cappella|Euro-House|Dancehall|Goa|Drum & Bass|Club-House|' +
  'Hardcore Techno|Terror|Indie|Britpop|Worldbeat|Polsk Punk|Beat|Christian Gangsta Rap|Heavy Metal|' +
  'Black Metal|Crossover|Contemporary Christian|Christian Rock|Merengue|Salsa|Thrash Metal|Anime|Jpop|Synthpop|' +
  'Abstract|Art Rock|Baroque|Bhangra|Big Beat|Breakbeat|Chillout|Downtempo|Dub|EBM|Eclectic|Electro|' +
  'Electroclash|Emo|Experimental|Garage|Global|IDM|Illbient|Industro-Goth|Jam Band|Krautrock|Leftfield|Lounge|' +
  'Math Rock|New Romantic|Nu-Breakz|Post-Punk|Post-Rock|Psytrance|Shoegaze|Space Rock|Trop Rock|World Music|' +
  'Neoclassical|Audiobook|Audio Theatre|Neue Deutsche Welle|Podcast|Indie Rock|G-Funk|Dubstep|Garage Rock|' +
  'Psybient'
).split('|');

/** What the 128 bytes of an ID3v1 tag say, as fields. */
export function readId3v1(tag: Buffer): TagField[] {
  const text = (start: number, end: number) => tag.toString('latin1', start, end).split('\0')[0].trim();
  const hasTrack = tag[125] === 0 && tag[126] !== 0;
  const fields: [string, string][] = [
    ['title', text(3, 33)],
    ['artist', text(33, 63)],
    ['album', text(63, 93)],
    ['date', text(93, 97)],
    ['track', hasTrack ? String(tag[126]) : ''],
    ['comment', text(97, hasTrack ? 125 : 127)],
    ['genre', GENRES[tag[127]] ?? ''],
  ];
  return fields.filter(([, value]) => value !== '').map(([field, value]) => ({ field, values: [value] }));
}

/** The genre of a number; undefined for those that nobody has named. */
export const genreOfNumber = (number: number): string | undefined => GENRES[number];

/**
 * What a genre frame of ID3v2 says, in which numbers of ID3v1 stand for names: `17`, `(17)`, `(4)Eurodisco` (both), `((x)`
 * for `(x)`, RX and CR for remix and cover. ID3v2.3, 4.2.1; ID3v2.4, 4.2.3.
 */
export function genresOf(text: string): string[] {
  const genres: string[] = [];
  let rest = text.trim();
  for (let found = REFERENCE.exec(rest); found; found = REFERENCE.exec(rest)) {
    genres.push(genreOfReference(found[1]) ?? found[1]);
    rest = rest.slice(found[0].length).trim();
  }
  if (rest.startsWith('((')) rest = rest.slice(1);
  const named = /^(\d{1,3}|RX|CR)$/.test(rest) ? genreOfReference(rest) : rest;
  return [...new Set([...genres, named ?? rest])].filter((genre) => genre !== '');
}

const REFERENCE = /^\((\d{1,3}|RX|CR)\)/;

function genreOfReference(reference: string): string | undefined {
  if (reference === 'RX') return 'Remix';
  return reference === 'CR' ? 'Cover' : genreOfNumber(Number(reference));
}
