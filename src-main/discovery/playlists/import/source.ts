import { decodePercent } from './location';

/** One line of a playlist from elsewhere, as it names its track. */
export interface SourceTrack {
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  /** Upper case, without hyphens; empty when it is not known. */
  readonly isrc: string;
  readonly durationMs: number | null;
  /** Where the file lay, with forward slashes; empty in playlists of services. */
  readonly path: string;
}
export interface SourcePlaylist {
  readonly name: string;
  readonly tracks: readonly SourceTrack[];
}
export type SourceFormat = 'm3u' | 'pls' | 'csv' | 'json' | 'xspf' | 'wpl' | 'asx' | 'b4s' | 'mpcpl' | 'plp' | 'text';

/** A text field longer than this is not the name of anything. */
const LONGEST = 500;
const ISRC = /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/;

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value).replace(/\s+/g, ' ').trim().slice(0, LONGEST)
    : '';

/** A source's fields made clean; undefined when they name no track at all. */
export function sourceTrack(fields: {
  title?: unknown;
  artist?: unknown;
  album?: unknown;
  isrc?: unknown;
  durationMs?: unknown;
  path?: unknown;
}): SourceTrack | undefined {
  const [title, artist, album] = [fields.title, fields.artist, fields.album].map(textOf);
  const path = typeof fields.path === 'string' ? fields.path.slice(0, 4096).replaceAll('\\', '/') : '';
  const isrc = textOf(fields.isrc)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
  const durationMs = Number(fields.durationMs);
  if (title === '' && path === '') return undefined;
  return {
    title,
    artist,
    album,
    path,
    isrc: ISRC.test(isrc) ? isrc : '',
    durationMs: Number.isFinite(durationMs) && durationMs > 0 ? Math.round(durationMs) : null,
  };
}

/** `Artist - Title`, as comments and file names have it; all of it is the title where there is no dash. */
export function splitName(text: string): { artist: string; title: string } {
  const dash = /\s[-–—]\s/.exec(text);
  if (!dash) return { artist: '', title: text };
  return { artist: text.slice(0, dash.index), title: text.slice(dash.index + dash[0].length) };
}

/** The name in a file's path: without folders, extension and the number before it. */
export function nameInPath(path: string): { artist: string; title: string } {
  const file = path.split('/').at(-1) ?? '';
  // Who encodes leaves no space: a name with one means its percent signs.
  const name = /\s/.test(file) ? file : decodePercent(file);
  return splitName(name.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/^\d{1,3}[ ._-]+(?=\D)/, ''));
}
