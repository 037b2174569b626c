import type { LocalPath } from '../connections';
import type { PublishHow } from './contract';
import type { StoredPublication } from './publication-repository';

/** A playlist as a server gets it. */
export interface SmartPlaylist {
  readonly name: string;
  readonly comment: string;
  readonly public: boolean;
  /** In Navidrome's grammar. */
  readonly rules: Readonly<Record<string, unknown>>;
}

/** The saved playlists, from the domain that owns them. Both throw `not_found`. */
export interface PlaylistSource {
  /** Rules in Navidrome's grammar, without the name. */
  nspOf(playlistId: number): SmartPlaylist | Promise<SmartPlaylist>;
  /** The tracks that match now, in the playlist's order. */
  tracksOf(playlistId: number): readonly LocalPath[] | Promise<readonly LocalPath[]>;
}

interface PublishOrder {
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
  find(publication: StoredPublication): Promise<FoundThere>;
  /** Removes what we put there; nothing when it is gone already. */
  remove(publication: StoredPublication): Promise<void>;
}

/** The ways in which a server can have playlists. */
export type Publishers = Readonly<Partial<Record<PublishHow, Publisher>>>;

/** What a kind of connection registers so that playlists can be published on its servers. */
export interface PlaylistServers {
  /** Opens a server for some work, and keeps in the connection's state whether it answered. */
  use<T>(connectionId: number, work: (publishers: Publishers) => Promise<T>): Promise<T>;
}
