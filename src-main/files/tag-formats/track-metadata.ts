/** What a file says about itself; null where it says nothing. */
export interface TrackMetadata {
  readonly container: string | null;
  /** Estimated from the size where only decoding the whole file would tell. */
  readonly durationMs: number | null;
  readonly sampleRate: number | null;
  readonly channels: number | null;
  /** Bits per second. */
  readonly bitrate: number | null;
  readonly title: string | null;
  readonly artist: string | null;
  readonly albumArtist: string | null;
  readonly album: string | null;
  /** Several are joined with `; `. */
  readonly genre: string | null;
  readonly year: number | null;
  readonly trackNumber: number | null;
  readonly discNumber: number | null;
  /** How many tags of Nomarr's it has. */
  readonly nomarrTags?: number;
  /** All else that it says, by the names that Navidrome has for fields, roles and tags; bounded. */
  readonly texts?: Readonly<Record<string, readonly string[]>>;
}
