import type { FileChange } from './events';
import type { HistoryRow } from './lidarr-client';
import { FILE_DELETED } from './payloads';

const KINDS: Readonly<Record<string, FileChange['kind']>> = {
  trackFileImported: 'imported',
  trackFileDeleted: 'deleted',
  trackFileRenamed: 'renamed',
  trackFileRetagged: 'retagged',
};

/** What a row of the history says that happened to a file; for rows from `oncePerPath`. */
export const changeOf = (row: HistoryRow): FileChange => ({ kind: KINDS[row.eventType], path: pathOf(row) });

function pathOf({ eventType, sourceTitle, data }: HistoryRow): string {
  const said = {
    imported: data.importedPath,
    renamed: data.path,
    deleted: sourceTitle,
    retagged: data.path ?? sourceTitle,
  };
  return String(said[KINDS[eventType]] ?? sourceTitle ?? '');
}

/** There is a row for each track of a file; rows of other kinds, and those without a path, do not concern files. */
export function oncePerPath(rows: readonly HistoryRow[]): HistoryRow[] {
  const files = rows.filter((row) => row.eventType in KINDS && pathOf(row) !== '');
  return [...new Map(files.map((row) => [`${row.eventType} ${pathOf(row)} ${row.date}`, row])).values()];
}

type Payload = { readonly eventType: string } & Record<string, unknown>;

/** Rows as the webhooks that would have posted them: an album's imports together, with the files they replaced. */
export function payloadsOf(rows: readonly HistoryRow[]): Payload[] {
  const payloads: Payload[] = [];
  const imports = rows.filter((row) => KINDS[row.eventType] === 'imported' || isReplaced(row));
  for (const album of Map.groupBy(imports, ({ artistId, albumId }) => `${artistId} ${albumId}`).values()) {
    payloads.push(importOf(album));
  }
  for (const row of rows) {
    const kind = KINDS[row.eventType];
    const path = pathOf(row);
    const { artist } = ownersOf(row);
    if (kind === 'deleted' && !isReplaced(row))
      payloads.push({ eventType: FILE_DELETED, path, reason: row.data.reason });
    if (kind === 'retagged') payloads.push({ eventType: 'Retag', artist, trackFile: { id: 0, path } });
    if (kind === 'renamed') {
      const previousPath = String(row.data.sourcePath ?? '');
      payloads.push({ eventType: 'Rename', artist, renamedTrackFiles: [{ id: 0, path, previousPath }] });
    }
  }
  return payloads;
}

const isReplaced = (row: HistoryRow) => KINDS[row.eventType] === 'deleted' && row.data.reason === 'Upgrade';

function importOf(rows: readonly HistoryRow[]): Payload {
  const trackFiles = rows
    .filter((row) => !isReplaced(row))
    .map((row) => ({ id: Number(row.data.fileId) || 0, path: pathOf(row), size: Number(row.data.size) || null }));
  const deletedFiles = rows.filter(isReplaced).map((row) => ({ id: 0, path: pathOf(row) }));
  const downloadId = rows.find((row) => row.downloadId)?.downloadId;
  return { eventType: 'Download', ...ownersOf(rows[0]), trackFiles, deletedFiles, downloadId };
}

function ownersOf({ artistId, albumId, artist, album }: HistoryRow) {
  return {
    artist: { id: artistId, name: artist?.artistName, path: artist?.path, mbId: artist?.foreignArtistId },
    album: { id: albumId, title: album?.title, mbId: album?.foreignAlbumId },
  };
}
