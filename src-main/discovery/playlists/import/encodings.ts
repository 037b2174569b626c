/**
 * Encodings of texts that say nothing of theirs, as the platform names them; the first is taken where none fits better.
 * All but those of UTF are what Windows calls ANSI somewhere.
 *
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */
export const REGIONAL_ENCODINGS = [
  'windows-1252',
  'windows-1251',
  'shift_jis',
  'gbk',
  'big5',
  'euc-kr',
  'windows-1250',
  'windows-1253',
  'windows-1255',
  'windows-1254',
  'koi8-r',
] as const;
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', ...REGIONAL_ENCODINGS] as const;
export type Encoding = (typeof ENCODINGS)[number];
