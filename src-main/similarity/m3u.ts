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

const oneLine = (text: string) => text.replace(/[\r\n\u2028\u2029]+/g, ' ').trim();

/**
 * A playlist in extended M3U, UTF-8: paths relative to the root of the library, so that it works wherever the library is
 * mounted; absolute ones when the tracks are of several libraries. A name that begins like a comment gets `./` before it.
 */
export function m3uOf(name: string, tracks: readonly M3uTrack[]): string {
  const isOneLibrary = new Set(tracks.map(({ libraryId }) => libraryId)).size <= 1;
  const lines = tracks
    // A path with a line break in it cannot be said in this format.
    .filter(({ path }) => !/[\r\n]/.test(path))
    .flatMap((track) => {
      const seconds = track.durationMs === null ? -1 : Math.round(track.durationMs / 1000);
      const words = track.artist ? `${track.artist} - ${track.title}` : track.title;
      const path = isOneLibrary ? track.path : track.absolutePath;
      return [`#EXTINF:${seconds},${oneLine(words)}`, /^[#\s]/.test(path) ? `./${path}` : path];
    });
  return `${['#EXTM3U', `#PLAYLIST:${oneLine(name)}`, ...lines].join('\n')}\n`;
}

/** The name of a playlist as a file's name that every system takes. */
export function m3uFileName(name: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+|[ .]+$/g, '')
    .slice(0, 120);
  return `${safe || 'Playlist'}.m3u8`;
}
