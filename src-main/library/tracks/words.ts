import { withNumberLengths } from '../../platform/natural-order';

const DIACRITICS = /[\u0300-\u036f]+/g;
const ONLY_ASCII = /^[\0-\x7f]*$/;
/** Letters that Unicode does not take apart, as people type them without their keyboard. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};
const SPECIAL_LETTERS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const MAX_WORDS = 16;

/** Lower case without diacritics: `Sigur Rós` → `sigur ros`. */
export function fold(text: string): string {
  if (ONLY_ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(DIACRITICS, '')
    .toLowerCase()
    .replace(SPECIAL_LETTERS, (letter) => LETTERS[letter]);
}

/** What a list sorts a text by, in natural order. An unknown one sorts after all others. */
export function sortKey(text: string): string {
  return text === '' ? '\uffff' : withNumberLengths(fold(text).slice(0, 80));
}

/** The words of a text, folded, parted by blanks. Scripts that write no spaces are cut at each character. */
export function wordsOf(text: string): string {
  return (fold(text).replace(WITHOUT_SPACES, ' $& ').match(WORD) ?? []).join(' ');
}

/** The FTS5 query that finds every track with words beginning with those of the text; null when it has no words. */
export function matchExpression(query: string): string | null {
  const words = wordsOf(query).split(' ').filter(Boolean).slice(0, MAX_WORDS);
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' ');
}
