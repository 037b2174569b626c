import { copyFileSync } from 'node:fs';
import { extname } from 'node:path';

/** Names that shells, terminals, other systems and careless programs stumble over; the file behind each is a good one. */
const STEMS = [
  'line\nbreak',
  'carriage\rreturn',
  'tab\tand bell\x07',
  '🎶 emoji 👩‍👩‍👧',
  '\u05e9\u05dc\u05d5\u05dd \u202e reversed',
  '-rf leading dash',
  '--help',
  `quotes ' " \` ´`,
  '$(touch harmed); & | > harmed',
  'back\\slash',
  '[brackets] {a,b} * ?',
  '%00 %2e%2e%2f',
  ' leading and trailing space ',
  'trailing dots...',
  'nul',
  'e\u0301 composed and é',
  'null\u200b width',
];
/** What a name may be long, in bytes. */
const LONGEST = 255;
const NOT_UTF8 = Buffer.from([0x6c, 0x61, 0x74, 0x69, 0x6e, 0x31, 0x20, 0xe9, 0xff]);

export interface HostileNames {
  /** Names as text: the tags go into them as into any other. */
  readonly readable: readonly string[];
  /** The name that is no UTF-8, as bytes, and as Tonearm shows it. */
  readonly odd: { readonly bytes: Buffer; readonly shown: string };
}

/** Puts copies of a good file under every hostile name into a folder; gives back the names. */
export function putHostileNames(folder: string, good: string): HostileNames {
  const kind = extname(good);
  const long = '長'.repeat(Math.floor((LONGEST - kind.length) / 3));
  const readable = [...STEMS, long.padEnd(long.length + ((LONGEST - kind.length) % 3), 'x')].map((stem) => stem + kind);
  for (const name of readable) copyFileSync(good, `${folder}/${name}`);
  const bytes = Buffer.concat([Buffer.from(`${folder}/`), NOT_UTF8, Buffer.from(kind)]);
  copyFileSync(good, bytes);
  return { readable, odd: { bytes, shown: `latin1 \\xE9\\xFF${kind}` } };
}
