import { fold } from '../../../library/tracks';

/** What a title says of its edition and not of the song. A remix is another song, and stays. */
const EDITION =
  'remaster(?:ed)?|re-?recorded|live|version|edit|mono|stereo|bonus track|deluxe|explicit|clean|anniversary';
const CREDIT = 'feat|ft|featuring|with';
const IN_BRACKETS = new RegExp(`\\s*[([{][^()[\\]{}]*\\b(?:${EDITION}|${CREDIT})\\b[^()[\\]{}]*[)\\]}]`, 'g');
const AFTER_DASH = new RegExp(`\\s[-–—]\\s[^-–—]*\\b(?:${EDITION})\\b.*$`);
const GUESTS = /\s(?:feat|ft|featuring)\b\.?.*$/;
const NOT_WORDS = /[^\p{L}\p{N}]+/gu;
const NEXT_ARTIST = /\s*(?:[,;/&+]|\b(?:feat|ft|featuring|with|vs|x|and)\b\.?)\s*/;

const words = (text: string) => text.replace(/['’`]/g, '').replace(NOT_WORDS, ' ').trim();
const folded = (text: string) => fold(text.normalize('NFKC'));

/** A title by which two spellings of one song are the same: without guests, edition, accents and punctuation. */
export function normalTitle(title: string): string {
  const plain = folded(title);
  const short = plain.replace(IN_BRACKETS, '').replace(AFTER_DASH, '').replace(GUESTS, '');
  return words(short) || words(plain) || plain;
}

/** A title with its edition: what tells the live recording from the other. */
export const fullTitle = (title: string): string => words(folded(title));

/** All that is said of the artist. */
export const normalArtist = (artist: string): string => words(folded(artist)).replace(/^the /, '');

/** The first of several artists, without a leading "the". */
export function firstArtist(artist: string): string {
  const plain = folded(artist);
  const [first] = plain.split(NEXT_ARTIST).filter(Boolean);
  return words(first ?? plain).replace(/^the (?=.)/, '') || words(plain);
}
