import { relative, sep } from 'node:path';
import { safeName } from './playlist-files';

/** What a playlist file says of a track. */
export interface M3uTrack {
  readonly libraryId: number;
  /** Relative to the root of its library, forward slashes. */
  readonly path: string;
  readonly absolutePath: string;
  readonly title: string;
  readonly artist: string;
  readonly durationMs: number | null;
}

/**
 * A list of tracks as extended M3U, UTF-8, with paths from the folder that the file will stand in. Where that is not
 * known they are relative to the library, so that the list works wherever the library is mounted; absolute when the
 * tracks are of several.
 */
export function m3uOf(name: string, tracks: readonly M3uTrack[], folder?: string): string {
  const isOneLibrary = new Set(tracks.map(({ libraryId }) => libraryId)).size <= 1;
  const place = ({ path, absolutePath }: M3uTrack) => {
    if (folder !== undefined) return relative(folder, absolutePath).split(sep).join('/');
    return isOneLibrary ? path : absolutePath;
  };
  const lines = tracks
    // A path with a line break in it cannot be said in this format.
    .filter(({ path }) => !/[\r\n]/.test(path))
    .flatMap((track) => {
      const seconds = track.durationMs === null ? -1 : Math.round(track.durationMs / 1000);
      const words = track.artist ? `${track.artist} - ${track.title}` : track.title;
      return [`#EXTINF:${seconds},${oneLine(words)}`, entry(place(track))];
    });
  return `${['#EXTM3U', `#PLAYLIST:${oneLine(name)}`, ...lines].join('\n')}\n`;
}

/** The name of a playlist as that of its M3U file. */
export const m3uFileName = (name: string): string => `${safeName(name)}.m3u8`;

const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, ' ').trim();

/** A name that begins with # would be read as a remark, and a blank at its beginning be lost. */
const entry = (path: string): string => (/^[#\s]/.test(path) ? `./${path}` : path);
