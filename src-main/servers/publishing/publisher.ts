import type { LocalPath, Navidrome, SmartPlaylist } from '../media-server/navidrome';
import type { StoredPublication } from './publication-repository';

/** The saved playlists, as the domain that keeps them tells them. Both throw `not_found`. */
export interface PlaylistSource {
  /** Rules in Navidrome's grammar, without the name. */
  nspOf(playlistId: number): SmartPlaylist | Promise<SmartPlaylist>;
  /** The tracks that match now, in the playlist's order. */
  tracksOf(playlistId: number): readonly LocalPath[] | Promise<readonly LocalPath[]>;
}

export interface PublishOrder {
  readonly navidrome: Navidrome;
  readonly playlistId: number;
  readonly playlist: SmartPlaylist;
  /** What is there already and may be replaced. */
  readonly known: StoredPublication | undefined;
  readonly libraryId: number | undefined;
}

export interface Published {
  readonly remoteId: string | null;
  readonly path: string | null;
  readonly remoteHash: string;
  /** What the person should know although it went well. */
  readonly message: string | null;
}

/** What became of a publication on the server since. */
export type FoundThere = 'same' | 'changed' | 'gone';

/** One way to have a playlist on a server. */
export interface Publisher {
  publish(order: PublishOrder): Promise<Published>;
  find(navidrome: Navidrome, publication: StoredPublication): Promise<FoundThere>;
  /** Removes what we put there; nothing when it is gone already. */
  remove(navidrome: Navidrome, publication: StoredPublication): Promise<void>;
}
