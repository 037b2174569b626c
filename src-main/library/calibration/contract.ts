import { z } from 'zod';
import type { EventsOf } from '../../platform/events/contract';
import { Id, procedure, upTo } from '../../rpc';

export { type CalibrationSettings, calibrationSettings } from './settings';

const Tier = z.enum(['strict', 'regular', 'loose']);

export const CalibrationView = z.object({
  id: z.number().int(),
  analysisVersion: z.string(),
  source: z.enum(['generated', 'imported']),
  /** Tracks that were measured. */
  librarySize: z.number().int(),
  minSamples: z.number().int(),
  note: z.string(),
  isActive: z.boolean(),
  createdAt: z.string(),
  activatedAt: z.string().nullable(),
  /** A sentence when there are too few tracks to go by. */
  warning: z.string().nullable(),
});
export type CalibrationView = z.infer<typeof CalibrationView>;

const measured = z.number().nullable();
export const LabelView = z.object({
  head: z.string(),
  label: z.string(),
  samples: z.number().int().nullable(),
  /** 0…1: how far it is believed; the rest is the raw score. */
  weight: z.number(),
  p5: z.number(),
  p95: z.number(),
  median: measured,
  mean: measured,
  std: measured,
  min: measured,
  max: measured,
});
export type LabelView = z.infer<typeof LabelView>;

export const DriftView = z.object({
  head: z.string(),
  apdP5: measured,
  apdP95: measured,
  srd: measured,
  jsd: measured,
  medianDrift: measured,
  iqrDrift: measured,
  isStable: z.boolean(),
  grade: z.enum(['excellent', 'good', 'acceptable', 'unstable']),
});
export type DriftView = z.infer<typeof DriftView>;

export const MoodPreview = z.object({
  mood: z.string(),
  /** Tracks that have it now, and would have it. */
  before: z.number().int(),
  after: z.number().int(),
  gains: z.number().int(),
  losses: z.number().int(),
  /** Those that keep it more surely, or less. */
  up: z.number().int(),
  down: z.number().int(),
  examples: z.array(
    z.object({
      trackId: z.number().int(),
      title: z.string(),
      artist: z.string(),
      before: Tier.nullable(),
      after: Tier.nullable(),
    }),
  ),
});
export type MoodPreview = z.infer<typeof MoodPreview>;

export const Preview = z.object({
  tracks: z.number().int(),
  /** Tracks whose mood lists would be others, and how many files of theirs would be written. */
  changed: z.number().int(),
  files: z.number().int(),
  moods: z.array(MoodPreview),
});
export type Preview = z.infer<typeof Preview>;

const queued = z.object({ queued: z.number().int(), message: z.string(), job_id: z.number().int().nullable() });
const rewriteTags = z.boolean().default(true).describe('Then write the files whose moods have changed');

export const calibrationContract = {
  status: procedure({
    http: ['GET /api/web/calibration/status', 'GET /web/api/calibration/status'],
    access: 'read',
    summary: 'Jobs that decide moods under a calibration, by state',
    input: z.object({}),
    output: z.object({
      pending: z.number().int(),
      running: z.number().int(),
      completed: z.number().int(),
      errors: z.number().int(),
      worker_alive: z.boolean(),
      worker_busy: z.boolean(),
    }),
  }),
  generate: procedure({
    http: ['POST /api/web/calibration/generate', 'POST /web/api/calibration/generate'],
    access: 'full',
    summary: 'Measures the scores of the library and keeps them as a new version, which is not in force yet',
    input: z.object({ save_sidecars: z.boolean().default(true), note: z.string().max(500).default('') }),
    output: z.object({
      status: z.literal('success'),
      /** By head; `head:label` for the labels of a head but its first. */
      data: z.record(
        z.string(),
        z.object({
          min: z.number(),
          max: z.number(),
          samples: z.number().int(),
          p5: z.number(),
          p95: z.number(),
          mean: z.number(),
          std: z.number(),
        }),
      ),
      saved_files: z.array(z.string()),
      /** Labels with too few scores, which stay raw. */
      skipped_tags: z.array(z.string()),
      calibration: CalibrationView,
    }),
  }),
  apply: procedure({
    http: ['POST /api/web/calibration/apply', 'POST /web/api/calibration/apply'],
    access: 'full',
    summary: 'Puts the newest version, or the one that is named, into force and decides all moods anew',
    input: z.object({ version: Id.optional(), rewriteTags }),
    output: queued,
  }),
  clear: procedure({
    http: ['POST /api/web/calibration/clear', 'POST /web/api/calibration/clear'],
    access: 'full',
    summary: 'Ends and removes the jobs that decide moods',
    input: z.object({}),
    output: z.object({ cleared: z.number().int(), message: z.string() }),
  }),
  run: procedure({
    http: ['POST /admin/calibration/run', 'POST /api/v1/admin/calibration/run'],
    access: 'full',
    summary: 'Measures the library and puts the result into force; only while calibrate_heads is on',
    input: z.object({}),
    output: z.object({
      status: z.literal('ok'),
      calibration: z.object({
        version: z.number().int(),
        library_size: z.number().int(),
        heads: z.record(
          z.string(),
          z.object({ labels: z.number().int(), is_stable: z.boolean(), grade: z.string(), drift_metrics: DriftView }),
        ),
        saved_files: z.array(z.string()),
        reference_updates: z.record(z.string(), z.enum(['updated', 'kept'])),
        summary: z.object({
          total_heads: z.number().int(),
          stable_heads: z.number().int(),
          unstable_heads: z.number().int(),
        }),
      }),
    }),
  }),
  history: procedure({
    http: ['GET /admin/calibration/history', 'GET /api/v1/admin/calibration/history'],
    access: 'read',
    summary: 'Every version with its drift, head by head, newest first; only while calibrate_heads is on',
    input: z.object({
      model: z.string().optional(),
      head: z.string().optional(),
      limit: upTo(1000, 50),
    }),
    output: z.object({
      status: z.literal('ok'),
      count: z.number().int(),
      runs: z.array(
        z.object({
          version: z.number().int(),
          model: z.string(),
          head: z.string(),
          labels: z.number().int(),
          library_size: z.number().int(),
          created_at: z.string(),
          is_active: z.boolean(),
          is_stable: z.boolean(),
          grade: z.string(),
          apd_p5: measured,
          apd_p95: measured,
          srd: measured,
          jsd: measured,
          median_drift: measured,
          iqr_drift: measured,
        }),
      ),
    }),
  }),
  retagAll: procedure({
    http: ['POST /admin/calibration/retag-all', 'POST /api/v1/admin/calibration/retag-all'],
    access: 'full',
    summary: 'Writes every file that has our tags anew from its analysis; only while calibrate_heads is on',
    input: z.object({}),
    output: z.object({ enqueued: z.number().int(), message: z.string() }),
  }),
  versions: procedure({
    http: 'GET /api/web/calibration/versions',
    access: 'read',
    summary: 'All versions, newest first, and how much there is to measure now',
    input: z.object({}),
    output: z.object({
      items: z.array(CalibrationView),
      /** Of the analysis version by which most tracks were analyzed. */
      library: z.object({
        analysisVersion: z.string().nullable(),
        tracks: z.number().int(),
        labels: z.number().int(),
        advice: z.string().nullable(),
      }),
    }),
  }),
  version: procedure({
    http: 'GET /api/web/calibration/versions/:id',
    access: 'read',
    summary: 'One version: its labels, and its drift against the one before',
    input: z.object({ id: Id }),
    output: z.object({
      calibration: CalibrationView,
      labels: z.array(LabelView),
      /** The version it is compared with; null for the first. */
      against: z.number().int().nullable(),
      drift: z.array(DriftView),
    }),
  }),
  preview: procedure({
    http: 'POST /api/web/calibration/preview',
    access: 'read',
    summary: 'What a version, or none, would do to the moods; changes nothing',
    input: z.object({
      version: Id.nullable(),
      examples: z.coerce.number<number | string>().int().min(0).max(50).default(5),
    }),
    output: Preview,
  }),
  activate: procedure({
    http: 'POST /api/web/calibration/versions/:id/activate',
    access: 'full',
    summary: 'Puts a version into force and decides all moods anew',
    input: z.object({ id: Id, rewriteTags }),
    output: queued,
  }),
  rollBack: procedure({
    http: 'POST /api/web/calibration/rollback',
    access: 'full',
    summary: 'Goes back to the version that was in force before, or to none',
    input: z.object({ toNone: z.boolean().default(false), rewriteTags }),
    output: queued,
  }),
  export: procedure({
    http: 'GET /api/web/calibration/versions/:id/export',
    access: 'read',
    summary: 'A version as files: one for each head, and a bundle of all',
    input: z.object({ id: Id }),
    output: z.object({ files: z.array(z.object({ name: z.string(), content: z.record(z.string(), z.unknown()) })) }),
  }),
  import: procedure({
    http: 'POST /api/web/calibration/import',
    access: 'full',
    summary: 'Makes a version of exported files, those of Nomarr too; it is not in force yet',
    input: z.object({
      files: z
        .array(z.object({ name: z.string().default(''), content: z.unknown() }))
        .min(1)
        .max(500),
      note: z.string().max(500).default(''),
    }),
    output: z.object({ calibration: CalibrationView, skipped_tags: z.array(z.string()) }),
  }),
};

export const calibrationEvents = {
  /** A calibration was made or put into force, or its moods are decided. */
  'calibration.changed': z.object({}),
};
export type CalibrationEvents = EventsOf<typeof calibrationEvents>;
