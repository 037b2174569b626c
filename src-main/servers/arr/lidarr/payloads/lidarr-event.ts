/** The artist that an event is about; what the server did not say is null. */
export interface LidarrArtist {
  readonly id: number | null;
  readonly name: string;
  /** As the server writes it. */
  readonly path: string | null;
  readonly mbid: string | null;
}

export interface LidarrAlbum {
  readonly id: number | null;
  readonly title: string;
  readonly mbid: string | null;
}

/** A file as the server knows it; 0 as its number means that it has none yet. */
export interface LidarrFile {
  readonly id: number;
  readonly path: string;
  readonly sizeBytes: number | null;
}

/** An event of Lidarr, whichever way it came. */
export type LidarrEvent =
  | { readonly type: 'test'; readonly instanceName: string | null }
  | {
      readonly type: 'grabbed';
      readonly title: string;
      readonly downloadId: string;
      readonly albumIds: readonly number[];
    }
  | {
      readonly type: 'imported';
      readonly artist: LidarrArtist | null;
      readonly album: LidarrAlbum | null;
      readonly files: readonly LidarrFile[];
      /** Those that were replaced. */
      readonly deleted: readonly LidarrFile[];
      readonly downloadId: string | null;
    }
  | { readonly type: 'retagged'; readonly artist: LidarrArtist | null; readonly file: LidarrFile }
  | {
      readonly type: 'renamed';
      readonly artist: LidarrArtist | null;
      readonly files: readonly { readonly id: number; readonly from: string; readonly to: string }[];
    }
  /** A single file is gone; only the history says so. */
  | { readonly type: 'file-deleted'; readonly path: string; readonly reason: string }
  | {
      readonly type: 'album-deleted';
      readonly artist: LidarrArtist | null;
      readonly album: LidarrAlbum;
      readonly hasDeletedFiles: boolean;
    }
  | { readonly type: 'artist-deleted'; readonly artist: LidarrArtist; readonly hasDeletedFiles: boolean }
  | { readonly type: 'failed'; readonly message: string; readonly downloadId: string | null }
  | {
      readonly type: 'health';
      readonly kind: string;
      readonly message: string;
      readonly level: string;
      readonly isOver: boolean;
    }
  | { readonly type: 'updated'; readonly message: string }
  /** Nothing that concerns the files: an artist was added, or a newer Lidarr sends something that we do not know. */
  | { readonly type: 'other'; readonly name: string };

/** Other names under which tools and scripts send the same event. */
const SYNONYMS: Readonly<Record<string, string>> = {
  AlbumDownload: 'Download',
  AlbumImport: 'Download',
  TrackRetag: 'Retag',
  ArtistAdded: 'ArtistAdd',
  ArtistDeleted: 'ArtistDelete',
  AlbumDeleted: 'AlbumDelete',
  HealthIssue: 'Health',
};

/** The one name of an event's type. */
export const typeName = (said: string): string => SYNONYMS[said] ?? said;
