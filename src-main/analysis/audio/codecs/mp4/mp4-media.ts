import type { CodecInput } from '../codec';
import type { MovieBox } from './mp4-boxes';
import { type FragmentDefaults, readFragment } from './mp4-fragments';
import { readRuns, runsOf } from './mp4-samples';
import type { AudioTrack } from './mp4-track';

/** The samples of a track, wherever they are listed. */
export interface Media {
  readonly isFragmented: boolean;
  /** In their order, some at a time. To be walked once. */
  samples(): AsyncGenerator<Uint8Array[]>;
  /** How long those of the fragments last that were read until now, in units of the track. */
  fragmentUnits(): number;
}

/** What the movie box lists comes first, then fragment by fragment (ISO/IEC 14496-12 §8.8). */
export function readMedia({ source, damage }: CodecInput, moov: MovieBox, track: AudioTrack): Media {
  const onMissing = (): void => {
    damage.isTruncated = true;
  };
  let units = 0;
  return {
    isFragmented: moov.isFragmented,
    fragmentUnits: () => units,
    async *samples() {
      yield* readRuns(source, runsOf(track.stbl), onMissing);
      if (!moov.isFragmented || track.id === undefined) return;
      const defaults: FragmentDefaults = { trackId: track.id, ...track.fragmentDefaults };
      for await (const fragment of moov.fragments(onMissing)) {
        const { runs, duration } = readFragment(fragment.body, fragment.at, defaults);
        units += duration;
        yield* readRuns(source, runs, onMissing);
      }
    },
  };
}
