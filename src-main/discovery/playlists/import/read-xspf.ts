import { decodePercent, pathOf } from './location';
import { nameInPath, type SourcePlaylist, type SourceTrack, sourceTrack } from './source';

/**
 * XSPF is flat: tracks one after the other, each with fields of text. So it is cut at its tags and nothing is expanded.
 */
export function readXspf(text: string): SourcePlaylist[] {
  const [head = '', ...blocks] = text.split(/<track(?=[\s>])/i);
  const tracks = blocks.map(trackOf).filter((track) => track !== undefined);
  return [{ name: field(head, 'title'), tracks }];
}

function trackOf(block: string): SourceTrack | undefined {
  const path = localPath(field(block, 'location'));
  const title = field(block, 'title');
  const name = title === '' && path !== '' ? nameInPath(path) : { title, artist: field(block, 'creator') };
  const isrc = /isrc[:/]([A-Za-z0-9-]{12,15})/i.exec(field(block, 'identifier'))?.[1];
  return sourceTrack({ ...name, album: field(block, 'album'), durationMs: field(block, 'duration'), isrc, path });
}

function field(block: string, name: string): string {
  const open = new RegExp(`<${name}(?:\\s[^<>]{0,1000})?>`, 'i').exec(block);
  if (!open) return '';
  const from = open.index + open[0].length;
  const to = block.indexOf(`</`, from);
  return to < 0 ? '' : plain(block.slice(from, to)).trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  return text
    .replace(/^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/, '$1')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (all, decimal, hex, name) => {
      if (name) return ENTITIES[name] ?? all;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    });
}

/** A location is an address, so its path is always encoded; of addresses elsewhere nothing is a path here. */
const localPath = (location: string) => (ELSEWHERE.test(location) ? '' : decodePercent(pathOf(location)));
const ELSEWHERE = /^(?!file:)[a-z][a-z0-9+.-]{1,30}:/i;
