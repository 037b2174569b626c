import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Reader } from '../../platform/database';
import { TIERS, type Tier } from '../moods';
import type { MoodPreview, Preview } from './contract';
import type { ChangedTrack, PreviewQueries, PreviewQuestion } from './measure';

/** Tracks looked at in one question: some hundredths of a second, so that other questions get their turn between. */
const CHUNK = 500;

export interface PreviewOptions extends Pick<PreviewQuestion, 'calibrationId' | 'analysisVersion'> {
  /** How many tracks are named for each mood. */
  readonly examples: number;
  readonly signal?: AbortSignal;
}

/** What a calibration would do to the moods of the library, mood by mood. */
export async function previewOf(reader: Reader<PreviewQueries>, options: PreviewOptions): Promise<Preview> {
  const { calibrationId, analysisVersion, examples, signal } = options;
  const moods = new Map<string, MoodPreview>();
  let [tracks, changed, files] = [0, 0, 0];
  for (let after = 0; ; await yieldToEventLoop()) {
    signal?.throwIfAborted();
    const chunk = await reader.read('calibration.preview', { calibrationId, analysisVersion, after, limit: CHUNK });
    for (const [mood, count] of Object.entries(chunk.before)) of(moods, mood).before += count;
    for (const track of chunk.changed) tally(moods, track, examples);
    tracks += chunk.tracks;
    changed += chunk.changed.length;
    files += chunk.changed.filter(({ isWritten }) => isWritten).length;
    if (chunk.last === null) break;
    after = chunk.last;
  }
  const items = [...moods.values()].map((mood) => ({ ...mood, after: mood.before + mood.gains - mood.losses }));
  return { tracks, changed, files, moods: items.sort((a, b) => moved(b) - moved(a) || (a.mood < b.mood ? -1 : 1)) };
}

const moved = ({ gains, losses, up, down }: MoodPreview): number => gains + losses + up + down;

function of(moods: Map<string, MoodPreview>, mood: string): MoodPreview {
  const known = moods.get(mood) ?? { mood, before: 0, after: 0, gains: 0, losses: 0, up: 0, down: 0, examples: [] };
  moods.set(mood, known);
  return known;
}

function tally(moods: Map<string, MoodPreview>, track: ChangedTrack, examples: number): void {
  const [was, would] = [track.before, track.after].map((terms) => new Map(terms.map(({ term, tier }) => [term, tier])));
  for (const mood of new Set([...was.keys(), ...would.keys()])) {
    const [before, after] = [was.get(mood) ?? null, would.get(mood) ?? null];
    if (before === after) continue;
    const entry = of(moods, mood);
    entry[wayOf(before, after)]++;
    if (entry.examples.length >= examples) continue;
    entry.examples.push({ trackId: track.trackId, title: track.title, artist: track.artist, before, after });
  }
}

function wayOf(before: Tier | null, after: Tier | null): 'gains' | 'losses' | 'up' | 'down' {
  if (before === null) return 'gains';
  if (after === null) return 'losses';
  return TIERS.indexOf(after) < TIERS.indexOf(before) ? 'up' : 'down';
}
