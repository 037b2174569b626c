/** What a file says about itself; null where it says nothing. */
export interface TrackMetadata {
  readonly container: string | null;
  readonly durationMs: number | null;
  /** The length was worked out from a part of the file; decoding it tells. */
  readonly isDurationEstimated?: boolean;
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
  /** At most 16,384 characters. */
  readonly lyrics?: string | null;
  /** How many tags of Nomarr's it has. */
  readonly nomarrTags?: number;
  /** All else that it says, by the names that Navidrome has for fields, roles and tags; bounded. */
  readonly texts?: Readonly<Record<string, readonly string[]>>;
}
