import { decodePercent, pathOf } from './location';
import { nameInPath, type SourcePlaylist, type SourceTrack, sourceTrack } from './source';
import { field, plainXml } from './xml';

/**
 * XSPF is flat: tracks one after the other, each with fields of text. So it is cut at its tags and nothing is expanded.
 */
export function readXspf(text: string): SourcePlaylist[] {
  const [head = '', ...blocks] = plainXml(text).split(/<track(?=[\s>])/i);
  const tracks = blocks.map(trackOf).filter((track) => track !== undefined);
  return [{ name: field(head, 'title'), tracks }];
}

function trackOf(block: string): SourceTrack | undefined {
  const location = field(block, 'location');
  const path = localPath(location);
  const title = field(block, 'title');
  const name = title === '' ? nameInPath(path || addressPath(location)) : { title, artist: field(block, 'creator') };
  const isrc = /isrc[:/]([A-Za-z0-9-]{12,15})/i.exec(field(block, 'identifier'))?.[1];
  return sourceTrack({ ...name, album: field(block, 'album'), durationMs: field(block, 'duration'), isrc, path });
}

/** A location is an address, so its path is always encoded; of addresses elsewhere nothing is a path here. */
const localPath = (location: string) => (ELSEWHERE.test(location) ? '' : decodePercent(pathOf(location)));
const ELSEWHERE = /^(?!file:)[a-z][a-z0-9+.-]{1,30}:/i;
/** Of an address of the web what names a file there. */
const addressPath = (location: string) => (/^https?:/i.test(location) ? location.replace(/[?#].*$/s, '') : '');
