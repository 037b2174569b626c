import type { TagField } from './tag-file';

/** What the 128 bytes of an ID3v1 tag say, as fields; its genre number is left out. */
export function readId3v1(tag: Buffer): TagField[] {
  const text = (start: number, end: number) => tag.toString('latin1', start, end).split('\0')[0].trim();
  const hasTrack = tag[125] === 0 && tag[126] !== 0;
  const fields: [string, string][] = [
    ['title', text(3, 33)],
    ['artist', text(33, 63)],
    ['album', text(63, 93)],
    ['date', text(93, 97)],
    ['track', hasTrack ? String(tag[126]) : ''],
  ];
  return fields.filter(([, value]) => value !== '').map(([field, value]) => ({ field, values: [value] }));
}
