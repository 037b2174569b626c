/** What the headers of a file say of its sound; undefined where they say nothing, or nothing that can be. */
export interface StreamFacts {
  readonly seconds?: number;
  /** The length was worked out from a part of the file. */
  readonly isEstimate?: boolean;
  readonly sampleRate?: number;
  readonly channels?: number;
  /** Bits per second. */
  readonly bitrate?: number;
  readonly bitDepth?: number;
}

/** Where the sound lies, without the tags around it. */
export interface AudioRange {
  readonly offset: number;
  readonly length: number;
}

const LONGEST_S = 7 * 24 * 3600;
/** No format keeps a sample in less than this: what claims more seconds than its bytes can hold is wrong. */
const LEAST_BITS_A_SECOND = 16;

/** The same without what cannot be: rates below 100 Hz, a week in a file, more than 255 channels. */
export function plausible(facts: StreamFacts, bytes: number): StreamFacts {
  const within = (value: number | undefined, low: number, high: number) =>
    value !== undefined && Number.isFinite(value) && value >= low && value <= high ? value : undefined;
  const seconds = within(facts.seconds, 0.000_01, Math.min(LONGEST_S, (bytes * 8) / LEAST_BITS_A_SECOND));
  return {
    seconds,
    isEstimate: seconds === undefined ? undefined : facts.isEstimate,
    sampleRate: within(facts.sampleRate, 100, 50_000_000),
    channels: within(facts.channels, 1, 255),
    bitrate: within(facts.bitrate, 100, 2 ** 31),
    bitDepth: within(facts.bitDepth, 1, 64),
  };
}
