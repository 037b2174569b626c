/** Fields that every player knows, beside our namespace. */
const STANDARD_FIELDS = ['bpm', 'initialkey', 'replaygain_track_gain', 'replaygain_track_peak'] as const;
export type StandardField = (typeof STANDARD_FIELDS)[number];

/** What shall be in a file. */
export interface WantedTags {
  /** `nom` */
  readonly namespace: string;
  /** What stands between the namespace and the key; a colon when it is not said. */
  readonly separator?: ':' | '_' | '-';
  /** Key without the namespace → values. Every other key of the namespace is removed, unless others are kept. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  /** Leave the keys that are not named here, but for the moods, of which an old list would contradict a new one. */
  readonly keepOthers?: boolean;
  /** Written where the file has none yet; always, with `overwriteStandard`. What is not named is left alone. */
  readonly standard?: Readonly<Partial<Record<StandardField, string>>>;
  /** The same for the field MOOD, which has several values. */
  readonly mood?: readonly string[];
  readonly overwriteStandard?: boolean;
  /**
   * Remember in the file which of these fields we wrote, and what: as long as they say that, later writes replace them,
   * and take them out when they are not wanted any more.
   */
  readonly remembersStandard?: boolean;
}
