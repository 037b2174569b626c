import { pathOf } from './location';
import { nameInPath, type SourceTrack, sourceTrack, splitName } from './source';

/** Between seconds and title may stand attributes, whose quoted values may have commas of their own. */
const EXTINF = /^#EXTINF:\s{0,9}(-?\d{1,9}(?:\.\d{1,9})?)(?:[^,"]|"[^"]{0,1000}"){0,1000},(.*)$/i;
const EXTINF_OF_OPEN_QUOTES = /^#EXTINF:\s{0,9}(-?\d{1,9}(?:\.\d{1,9})?)[^,]{0,1000},(.*)$/i;

/**
 * M3U, plain or extended: `#EXTINF:seconds,Artist - Title` before each path. `#EXTALB` and `#EXTART` hold until the
 * next of their kind.
 */
export function readM3u(text: string): { name: string; tracks: SourceTrack[] } {
  let name = '';
  const shared = { artist: '', album: '' };
  let info: { seconds: number; words: string } | undefined;
  const tracks: (SourceTrack | undefined)[] = [];
  for (const line of linesOf(text)) {
    const extinf = EXTINF.exec(line) ?? EXTINF_OF_OPEN_QUOTES.exec(line);
    const about = /^#EXT(ART|ALB):(.*)$/i.exec(line);
    const title = /^#PLAYLIST:(.*)$/i.exec(line);
    if (extinf) info = { seconds: Number(extinf[1]), words: extinf[2].trim() };
    else if (title) name = title[1].trim();
    else if (about) shared[about[1].toUpperCase() === 'ART' ? 'artist' : 'album'] = about[2].trim();
    else if (!line.startsWith('#')) {
      tracks.push(listed(pathOf(line), info?.words, info?.seconds, shared));
      info = undefined;
    }
  }
  return { name, tracks: tracks.filter((track) => track !== undefined) };
}

/** PLS: `File1=`, `Title1=`, `Length1=`. */
export function readPls(text: string): SourceTrack[] {
  const entries = new Map<number, Record<string, string>>();
  for (const line of linesOf(text)) {
    const match = /^(file|title|length)(\d{1,6})\s*=(.*)$/i.exec(line);
    if (!match) continue;
    const entry = entries.get(Number(match[2])) ?? {};
    entries.set(Number(match[2]), { ...entry, [match[1].toLowerCase()]: match[3].trim() });
  }
  const inOrder = [...entries].sort(([a], [b]) => a - b).map(([, entry]) => entry);
  const tracks = inOrder.map(({ file = '', title, length }) => listed(pathOf(unquoted(file)), title, Number(length)));
  return tracks.filter((track) => track !== undefined);
}

/** Media Player Classic: `1,filename,path` for each number, and `1,label,title` where it has one. */
export function readMpcpl(text: string): SourceTrack[] {
  const entries = new Map<string, { filename?: string; label?: string }>();
  for (const line of linesOf(text)) {
    const match = /^(\d{1,6}),(filename|label),(.*)$/i.exec(line);
    if (match) entries.set(match[1], { ...entries.get(match[1]), [match[2].toLowerCase()]: match[3].trim() });
  }
  const tracks = [...entries.values()].map(({ filename = '', label }) => listed(pathOf(filename), label, undefined));
  return tracks.filter((track) => track !== undefined);
}

/** Sansa and Philips players: `HARP, path` for each track. */
export function readPlp(text: string): SourceTrack[] {
  const paths = linesOf(text).flatMap((line) => /^(?:HARP|HDD|HRP|CARD), ?(.+)$/i.exec(line)?.[1] ?? []);
  return paths.map((path) => listed(pathOf(path), undefined, undefined)).filter((track) => track !== undefined);
}

/** One track a line, `Artist - Title`. */
export function readText(text: string): SourceTrack[] {
  const tracks = linesOf(text).map((line) => sourceTrack(splitName(line.replace(/^\d{1,4}[.)]\s+/, ''))));
  return tracks.filter((track) => track !== undefined);
}

const unquoted = (text: string) => text.replace(/^"(.*)"$/, '$1');

function listed(
  path: string,
  words: string | undefined,
  seconds: number | undefined,
  shared = { artist: '', album: '' },
): SourceTrack | undefined {
  const name = words ? splitName(words) : nameInPath(path.replaceAll('\\', '/'));
  const artist = name.artist || shared.artist;
  return sourceTrack({ ...name, artist, album: shared.album, path, durationMs: (seconds ?? 0) * 1000 });
}

const linesOf = (text: string): string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter(Boolean);
