import { z } from 'zod';
import { type LidarrAlbum, type LidarrArtist, type LidarrEvent, type LidarrFile, typeName } from './lidarr-event';

/** Anything may be absent or null: versions differ, and what we do not need is nobody's reason to lose an event. */
const text = z.string().nullish().catch(null);
const number = z.number().nullish().catch(null);
const list = <T extends z.ZodType>(of: T) => z.array(of).nullish().catch(null);

const Artist = z.object({ id: number, name: text, path: text, mbId: text }).nullish().catch(null);
const Album = z.object({ id: number, title: text, mbId: text }).nullish().catch(null);
const File = z.object({ id: number, path: text, size: number, previousPath: text });

const Payload = z.object({
  eventType: z.string(),
  instanceName: text,
  artist: Artist,
  album: Album,
  albums: list(Album),
  trackFile: File.nullish().catch(null),
  trackFiles: list(File),
  deletedFiles: z
    .union([z.boolean(), z.array(File)])
    .nullish()
    .catch(null),
  renamedTrackFiles: list(File),
  release: z.object({ releaseTitle: text }).nullish().catch(null),
  releaseTitle: text,
  downloadId: text,
  level: text,
  message: text,
  type: text,
});
type Payload = z.output<typeof Payload>;

/** That part of a webhook's body which we read; undefined when it is not one of Lidarr's. */
export function compactWebhook(json: unknown): object | undefined {
  return Payload.safeParse(json).data;
}

/** What the body of a webhook says; undefined when it is not one of Lidarr's. */
export function readWebhook(json: unknown): LidarrEvent | undefined {
  const parsed = Payload.safeParse(json);
  return parsed.success ? eventOf(typeName(parsed.data.eventType), parsed.data) : undefined;
}

function eventOf(type: string, payload: Payload): LidarrEvent {
  const artist = artistOf(payload.artist);
  switch (type) {
    case 'Test':
      return { type: 'test', instanceName: payload.instanceName ?? null };
    case 'Grab':
      return grabbed(payload, artist);
    case 'Download':
      return imported(payload, artist);
    case 'Retag': {
      const [file] = filesOf(payload.trackFile ? [payload.trackFile] : payload.trackFiles);
      return file ? { type: 'retagged', artist, file } : { type: 'other', name: type };
    }
    case 'Rename':
      return { type: 'renamed', artist, files: movesOf(payload.renamedTrackFiles ?? []) };
    case 'AlbumDelete':
    case 'ArtistDelete':
      return deleted(type, payload, artist);
    case 'DownloadFailure':
    case 'ImportFailure':
      return failed(type, payload);
    case 'Health':
    case 'HealthRestored':
      return healthOf(payload, type === 'HealthRestored');
    case 'ApplicationUpdate':
      return { type: 'updated', message: payload.message ?? 'Lidarr was updated.' };
    default:
      return { type: 'other', name: type };
  }
}

function imported(payload: Payload, artist: LidarrArtist | null): LidarrEvent {
  const { deletedFiles, downloadId = null } = payload;
  const deleted = filesOf(Array.isArray(deletedFiles) ? deletedFiles : []);
  return {
    type: 'imported',
    artist,
    album: albumOf(payload.album),
    files: filesOf(payload.trackFiles),
    deleted,
    downloadId,
  };
}

function grabbed({ albums, release, downloadId }: Payload, artist: LidarrArtist | null): LidarrEvent {
  const titles = (albums ?? []).flatMap((album) => album?.title ?? []);
  const what = titles.length > 0 ? titles.join(', ') : (release?.releaseTitle ?? 'something');
  const title = artist ? `${artist.name} – ${what}` : what;
  const albumIds = (albums ?? []).flatMap((album) => album?.id ?? []);
  return { type: 'grabbed', title, downloadId: downloadId ?? title, albumIds };
}

function deleted(type: string, { album, deletedFiles }: Payload, artist: LidarrArtist | null): LidarrEvent {
  const hasDeletedFiles = deletedFiles === true;
  const known = albumOf(album);
  if (type === 'AlbumDelete' && known) return { type: 'album-deleted', artist, album: known, hasDeletedFiles };
  return artist ? { type: 'artist-deleted', artist, hasDeletedFiles } : { type: 'other', name: type };
}

function failed(type: string, { releaseTitle, downloadId = null }: Payload): LidarrEvent {
  const what = type === 'ImportFailure' ? 'could not be imported' : 'could not be downloaded';
  return { type: 'failed', message: `${releaseTitle || 'An album'} ${what}.`, downloadId };
}

function healthOf({ type, message, level }: Payload, isOver: boolean): LidarrEvent {
  const said = message ?? 'Lidarr reports a problem.';
  return { type: 'health', kind: type ?? said, message: said, level: level ?? 'warning', isOver };
}

function artistOf(artist: Payload['artist']): LidarrArtist | null {
  if (!artist) return null;
  return { id: artist.id ?? null, name: artist.name ?? '', path: artist.path ?? null, mbid: artist.mbId ?? null };
}

function albumOf(album: Payload['album']): LidarrAlbum | null {
  return album ? { id: album.id ?? null, title: album.title ?? '', mbid: album.mbId ?? null } : null;
}

function filesOf(files: Payload['trackFiles']): LidarrFile[] {
  return (files ?? []).flatMap(({ id, path, size }) => (path ? [{ id: id ?? 0, path, sizeBytes: size ?? null }] : []));
}

function movesOf(files: NonNullable<Payload['renamedTrackFiles']>) {
  return files.flatMap(({ id, path, previousPath }) =>
    path && previousPath ? [{ id: id ?? 0, from: previousPath, to: path }] : [],
  );
}
