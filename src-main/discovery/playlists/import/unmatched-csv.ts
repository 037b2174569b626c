import type { SourceTrack } from './source';

/** What was not found, as a table that this import reads again; no cell of it is a formula to a table program. */
export function unmatchedCsv(tracks: readonly SourceTrack[]): string {
  const lines = tracks.map(({ title, artist, album, isrc, durationMs }) =>
    [title, artist, album, isrc, durationMs === null ? '' : String(durationMs)].map(cell).join(','),
  );
  return `${['Title,Artist,Album,ISRC,Duration (ms)', ...lines].join('\r\n')}\r\n`;
}

function cell(text: string): string {
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
