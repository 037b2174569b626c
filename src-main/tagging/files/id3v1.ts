import type { TagField } from './tag-file';

/** The genres that ID3v1 has numbers for, beginning with 0. */
const GENRES = (
  'Blues|Classic Rock|Country|Dance|Disco|Funk|Grunge|Hip-Hop|Jazz|Metal|New Age|Oldies|Other|Pop|R&B|Rap|Reggae|Rock|' +
  'Techno|Industrial|Alternative|Ska|Death Metal|Pranks|Soundtrack|Euro-Techno|Ambient|Trip-Hop|Vocal|Jazz+Funk|' +
  'Fusion|Trance|Classical|Instrumental|Acid|House|Game|Sound Clip|Gospel|Noise|Alternative Rock|Bass|Soul|Punk|' +
  'Space|Meditative|Instrumental Pop|Instrumental Rock|Ethnic|Gothic|Darkwave|Techno-Industrial|Electronic|Pop-Folk|' +
  'Eurodance|Dream|Southern Rock|Comedy|Cult|Gangsta|Top 40|Christian Rap|Pop/Funk|Jungle|Native American|Cabaret|' +
  'New Wave|Psychedelic|Rave|Showtunes|Trailer|Lo-Fi|Tribal|Acid Punk|Acid Jazz|Polka|Retro|Musical|Rock & Roll|' +
  'Hard Rock'
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
    ['genre', GENRES[tag[127]] ?? ''],
  ];
  return fields.filter(([, value]) => value !== '').map(([field, value]) => ({ field, values: [value] }));
}
