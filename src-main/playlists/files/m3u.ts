import { dirname, relative, sep } from 'node:path';

export interface M3uTrack {
  /** Absolute. */
  readonly path: string;
  readonly title: string;
  readonly artist: string;
  readonly durationMs: number | null;
}

/**
 * A list of tracks as extended M3U in UTF-8, with the paths from where the file will stand.
 *
 * @param file the absolute path of the M3U file, or of any file in its folder
 */
export function m3uOf(name: string, tracks: readonly M3uTrack[], file: string): string {
  const folder = dirname(file);
  const lines = tracks.flatMap(({ path, title, artist, durationMs }) => [
    `#EXTINF:${durationMs === null ? -1 : Math.round(durationMs / 1000)},${oneLine(artist ? `${artist} - ${title}` : title)}`,
    entry(relative(folder, path) || path),
  ]);
  return `${['#EXTM3U', `#PLAYLIST:${oneLine(name)}`, ...lines].join('\n')}\n`;
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');

/** A name that begins with # would be read as a remark. */
function entry(path: string): string {
  const portable = path.split(sep).join('/');
  return portable.startsWith('#') ? `./${portable}` : portable;
}
