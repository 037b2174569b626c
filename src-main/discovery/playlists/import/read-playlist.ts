import { AppError } from '../../../rpc';
import { decodeText } from './decode-text';
import type { Encoding } from './encodings';
import { isCsv, readCsv } from './read-csv';
import { readJson } from './read-json';
import { readM3u, readMpcpl, readPlp, readPls, readText } from './read-lists';
import { readAsx, readB4s, readWpl } from './read-windows';
import { readXspf } from './read-xspf';
import type { SourceFormat, SourcePlaylist } from './source';
import { rootOf } from './xml';

export const MAX_FILE_BYTES = 8 * 1024 * 1024;
const MAX_TRACKS = 10_000;

export interface ReadPlaylists {
  readonly format: SourceFormat;
  readonly playlists: readonly SourcePlaylist[];
  /** Null for what came as text. */
  readonly encoding: Encoding | null;
  /** Another encoding may be the right one. */
  readonly isGuessed: boolean;
}

/**
 * Reads a playlist of any kind that is known, by what is in it rather than by its name. Throws `too_large`,
 * `unsupported_file` for what is no text or of a format that is not known, `invalid_input` for what has no tracks.
 */
export function readPlaylist(fileName: string, content: string | Uint8Array, asked?: Encoding): ReadPlaylists {
  if (content.length > MAX_FILE_BYTES)
    throw new AppError('too_large', `A playlist may have ${MAX_FILE_BYTES / 1024 / 1024} MB; this file is larger.`);
  const decoded =
    typeof content === 'string' ? { text: content, encoding: null, isGuessed: false } : decodeText(content, asked);
  const text = decoded.text.replace(/^\ufeff/, '');
  const format = formatOf(fileName, text);
  const fallback =
    fileName
      .split(/[\\/]/)
      .at(-1)!
      .replace(/\.[^.]{1,5}$/, '') || 'Imported playlist';
  const playlists = READERS[format](text)
    .filter(({ tracks }) => tracks.length > 0)
    .map(({ name, tracks }) => ({ name: name || fallback, tracks }));
  if (playlists.length === 0) throw new AppError('invalid_input', `There are no tracks in ${fileName}.`);
  if (playlists.some(({ tracks }) => tracks.length > MAX_TRACKS))
    throw new AppError('too_large', `A playlist may have ${MAX_TRACKS} tracks; this one has more.`);
  return { format, playlists, encoding: decoded.encoding, isGuessed: decoded.isGuessed };
}

const READERS: Readonly<Record<SourceFormat, (text: string) => readonly SourcePlaylist[]>> = {
  m3u: (text) => [readM3u(text)],
  pls: (text) => [{ name: '', tracks: readPls(text) }],
  csv: readCsv,
  json: readJson,
  xspf: readXspf,
  wpl: readWpl,
  asx: readAsx,
  b4s: readB4s,
  mpcpl: (text) => [{ name: '', tracks: readMpcpl(text) }],
  plp: (text) => [{ name: '', tracks: readPlp(text) }],
  text: (text) => [{ name: '', tracks: readText(text) }],
};

function formatOf(fileName: string, text: string): SourceFormat {
  const start = text.slice(0, 2000).trimStart();
  if (/^[[{]/.test(start) && !/^\[playlist\]/i.test(start)) return 'json';
  if (/^\[playlist\]/i.test(start)) return 'pls';
  if (/^MPCPLAYLIST\b/.test(start)) return 'mpcpl';
  if (/^PLP PLAYLIST\b/i.test(start)) return 'plp';
  if (isXml(text)) return formatOfXml(fileName, text);
  if (/^#EXTM3U/i.test(start) || /\.(m3u8?|ram)$/i.test(fileName)) return 'm3u';
  return isCsv(start) ? 'csv' : 'text';
}

/** By the root element of XML. */
const XML_FORMATS: Readonly<Record<string, SourceFormat>> = {
  playlist: 'xspf',
  smil: 'wpl',
  asx: 'asx',
  winampxml: 'b4s',
};
/** What else is written as XML and taken for a playlist, as people call it. */
const OTHER_XML: Readonly<Record<string, string>> = {
  plist: 'the library of iTunes or Apple Music',
  rss: 'an RSS feed',
  feed: 'an Atom feed',
  html: 'a page of the web',
};

/** A line of text may begin with a name in such brackets, but closes none. */
function isXml(text: string): boolean {
  const start = text.trimStart();
  if (/^<[?!]/.test(start)) return true;
  return /^<[a-z_]/i.test(start) && (Object.hasOwn(XML_FORMATS, rootOf(start)) || /<\/|\/>/.test(start));
}

function formatOfXml(fileName: string, text: string): SourceFormat {
  const root = rootOf(text);
  if (Object.hasOwn(XML_FORMATS, root)) return XML_FORMATS[root];
  const what = Object.hasOwn(OTHER_XML, root) ? OTHER_XML[root] : `XML of a kind that is not known here (${root})`;
  throw new AppError(
    'unsupported_file',
    `${fileName} is ${what}, not a playlist that can be read here. Export the playlist as M3U, XSPF or CSV.`,
  );
}
