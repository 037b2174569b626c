import type { ModelInfo } from '../../src-main/analysis/inference';
import type { BatchSummary, JobView, QueueStatus } from '../../src-main/jobs/queue/contract';
import type { CalibrationView, LabelView, MoodPreview } from '../../src-main/library/calibration/contract';
import type { Library } from '../../src-main/library/libraries/contract';
import type { ScoreView, Track, TrackDetail } from '../../src-main/library/tracks/contract';

const ARTISTS = [
  'Anna Lindqvist',
  'The Quiet Hours',
  'Marrow & Pine',
  'Ottoline',
  'Río Seco',
  'Kleine Lampe',
  'Hollow Coast',
];
const TITLES = [
  'Morning over the harbour',
  'Paper boats',
  'Nine lights',
  'The long way round',
  'Undertow',
  'Salt',
  'Glass hours',
];
const ALBUMS = ['Tides', 'Small Rooms', 'North of Here', 'Late Trains', 'Lanterns'];
const KEYS = ['C', 'Am', 'F#m', 'D', 'Gm', 'A#', 'Em'];
const pick = <T>(from: readonly T[], index: number): T => from[index % from.length];
const AT = '2026-11-20T18:30:00.000Z';

export const aLibrary = (given: Partial<Library> = {}): Library => ({
  id: 1,
  name: 'Music',
  root_path: '/home/anna/Music',
  is_enabled: true,
  is_default: true,
  created_at: AT,
  updated_at: AT,
  writeMode: 'full',
  autoWrite: false,
  keepMtime: true,
  hardLinks: 'skip',
  ignorePatterns: '',
  watchMode: 'events',
  pollIntervalS: 300,
  state: 'ready',
  stateMessage: null,
  passedOver: null,
  lastScanAt: AT,
  trackCount: 100_000,
  missingCount: 0,
  ...given,
});

/** The track at a place of the list, always the same. */
export const aTrack = (index: number): Track => ({
  id: index + 1,
  libraryId: 1,
  path: `${pick(ARTISTS, index)}/${pick(ALBUMS, index)}/${index + 1}.flac`,
  title: `${pick(TITLES, index)} ${index + 1}`,
  artist: pick(ARTISTS, Math.floor(index / 3)),
  album: pick(ALBUMS, Math.floor(index / 5)),
  genre: pick(['Folk', 'Electronic', 'Ambient', 'Jazz'], index),
  year: 1990 + (index % 35),
  durationMs: 150_000 + ((index * 7919) % 200_000),
  container: 'flac',
  missingSince: index % 31 === 30 ? AT : null,
  errorMessage: null,
  ...(index % 31 === 30
    ? { status: 'missing', statusReason: null }
    : index % 15 === 9
      ? { status: 'skipped', statusReason: 'too_short' }
      : { status: index % 5 === 4 ? 'waiting' : 'analyzed', statusReason: null }),
  isIncomplete: false,
  analyzedAt: index % 5 === 4 ? null : AT,
  taggedAt: index % 3 === 0 ? AT : null,
  bpm: index % 5 === 4 ? null : 70 + ((index * 13) % 90),
  key: index % 5 === 4 ? null : pick(KEYS, index),
  unsure: index % 6 === 2 ? ['tempo'] : [],
});

const aScore = (head: string, label: string, mean: number, tier: ScoreView['tier'] = null): ScoreView => ({
  head,
  label,
  position: 0,
  mean,
  trimmedMean: mean,
  value: mean,
  leftOut: null,
  std: 0.1,
  min: Math.max(0, mean - 0.3),
  max: Math.min(1, mean + 0.12),
  tier,
});

export const aTrackDetail = (id: number): TrackDetail => ({
  track: {
    ...aTrack(id - 1),
    sizeBytes: 31_457_280,
    sampleRate: 44_100,
    channels: 2,
    bitrate: 902_000,
    absolutePath: `/home/anna/Music/${aTrack(id - 1).path}`,
    neverTouch: false,
  },
  analysis: {
    version: 'a1',
    preset: 'balanced',
    patches: 71,
    durationS: 213,
    expectedS: 213,
    isIncomplete: false,
    decodedBy: 'builtin',
    runtime: 'onnxruntime 1.30.0, optimised 1',
    isShort: false,
    createdAt: AT,
    isStale: false,
    scores: [
      aScore('mood_happy', 'happy', 0.81, 'strict'),
      aScore('mood_happy', 'non_happy', 0.19),
      aScore('mood_relaxed', 'relaxed', 0.64, 'regular'),
      aScore('mood_sad', 'sad', 0.12),
      aScore('mood_party', 'party', 0.55, 'loose'),
      aScore('mood_aggressive', 'aggressive', 0.03),
      aScore('danceability', 'danceable', 0.72, 'regular'),
      aScore('danceability', 'not_danceable', 0.28),
      aScore('voice_instrumental', 'voice', 0.93, 'strict'),
      aScore('voice_instrumental', 'instrumental', 0.07),
    ],
    moods: [
      { term: 'happy', tier: 'strict' },
      { term: 'female vocals', tier: 'regular' },
    ],
    descriptors: {
      loudnessLufs: -11.4,
      loudnessRangeLu: 7.2,
      truePeakDbtp: -0.6,
      replaygainGainDb: -6.6,
      bpm: 118.2,
      bpmConfidence: 0.8,
      key: 'A',
      scale: 'minor',
      keyConfidence: 0.3,
    },
  },
  inFile: { 'nom:happy': ['0.62'], 'nom:mood-strict': ['relaxed'] },
  fileMessage: null,
  nomarr: null,
  proposed: [
    { field: 'nom:happy', old: ['0.62'], new: ['0.81'] },
    { field: 'nom:mood-strict', old: ['relaxed'], new: ['happy'] },
    { field: 'nom:bpm', old: [], new: ['118'] },
  ],
  history: [
    { id: 1, at: AT, state: 'written', changes: [{ field: 'nom:happy', old: [], new: ['0.62'] }] },
    { id: 2, at: AT, state: 'undone', changes: [{ field: 'nom:sad', old: [], new: ['0.12'] }] },
  ],
});

export const aStatus = (given: Partial<QueueStatus> = {}): QueueStatus => ({
  pending: 2895,
  running: 2,
  completed: 2221,
  skipped: 41,
  errors: 2,
  paused: false,
  avg_time: 4.2,
  eta: 2520,
  eta_low: 2100,
  eta_high: 3000,
  speed: 37.4,
  audio_done_s: 524_000,
  audio_total_s: 1_207_000,
  ...given,
});

/** A job of each kind in turn: running, waiting, ended well, skipped, failed. */
export function aJob(id: number): JobView {
  const place = 40 - id;
  const status = place < 2 ? 'running' : place < 20 ? 'pending' : place % 9 === 0 ? 'error' : 'done';
  const isSkipped = status === 'done' && place % 7 === 0;
  return {
    id,
    path: `/home/anna/Music/${aTrack(id).path}`,
    status,
    started_at: status === 'pending' ? null : AT,
    finished_at: status === 'done' || status === 'error' ? AT : null,
    error_message: status === 'error' ? 'The file ends in the middle of a frame.' : null,
    force: false,
    kind: 'tag',
    label: 'Analysis',
    created_at: AT,
    outcome: status === 'done' ? (isSkipped ? 'skipped' : 'tagged') : status === 'error' ? 'failed' : null,
    outcome_label: status === 'done' && !isSkipped ? 'written' : null,
    reason: isSkipped ? 'The track lasts 6.2 s; shorter than 7 s are not analyzed.' : null,
    phase: status === 'running' ? 'listening' : null,
    phase_label: status === 'running' ? 'Analyzing' : null,
    progress: status === 'running' ? 0.2 + 0.4 * place : status === 'done' ? 1 : 0,
    attempts: 1,
    track_id: id,
    batch_id: 1,
    can_undo: status === 'done' && !isSkipped,
  };
}

export const aBatch = (): BatchSummary => ({
  id: 1,
  title: 'Scan of Music',
  source: 'scan',
  created_at: AT,
  found: 5120,
  done: 2180,
  pending: 2895,
  running: 2,
  skipped: [{ reason: 'too_short', count: 41 }],
  failed: [{ reason: 'the file ends in the middle of a frame', count: 2 }],
});

export const aModel = (
  name: string,
  kind: ModelInfo['kind'] = 'softmax',
  state: ModelInfo['state'] = 'ready',
): ModelInfo => ({
  name,
  backbone: 'musicnn',
  kind,
  task: name,
  state,
  verification: state === 'available' ? null : 'verified',
  warning: null,
  sizeBytes: kind === 'embedding' ? 3_200_000 : 84_000,
  sha256: 'ab'.repeat(32),
  url: null,
  licence: 'CC BY-NC-SA 4.0',
  licenceUrl: null,
  released: null,
  classes: null,
  isReadOnly: false,
  optimised:
    kind === 'embedding' && state === 'ready'
      ? { isUsed: true, reason: null, largestDifference: 7e-7, patches: 83, tracks: 3 }
      : null,
});

export const aCalibration = (id: number, given: Partial<CalibrationView> = {}): CalibrationView => ({
  id,
  analysisVersion: 'v1',
  source: 'generated',
  librarySize: 840 + id * 10,
  minSamples: 100,
  note: '',
  isActive: false,
  createdAt: AT,
  activatedAt: null,
  warning: '850 tracks will do; with 1000 or more it gets steadier.',
  ...given,
});

export const aLabelView = (head: string, label: string): LabelView => ({
  ...{ head, label, samples: 850, weight: 1, p5: 0.12, p95: 0.71 },
  ...{ median: 0.4, mean: 0.41, std: 0.15, min: 0.02, max: 0.93 },
});

export const aMoodPreview = (mood: string, gains: number, losses: number): MoodPreview => ({
  ...{ mood, gains, losses, before: 120, after: 120 + gains - losses, up: 30, down: 4 },
  examples: [0, 1, 2].map((index) => ({
    trackId: index + 1,
    title: aTrack(index).title,
    artist: aTrack(index).artist,
    before: index === 0 ? null : 'loose',
    after: 'strict',
  })),
});
