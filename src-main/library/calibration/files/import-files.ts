import { z } from 'zod';
import type { ModelSet } from '../../../analysis/inference';
import { AppError } from '../../../rpc';
import type { CalibratedLabel } from '../measure';
import type { NewCalibration } from '../store';
import { modelOf } from './export-files';

const share = z.number().min(0).max(1);
const maybe = z.number().nullable().default(null);
const LabelFile = z
  .object({
    method: z.literal('minmax').optional(),
    p5: share,
    p95: share,
    ...{ samples: z.number().int().nonnegative().nullable().default(null), mean: maybe, std: maybe, min: maybe },
    ...{ max: maybe, p25: maybe, median: maybe, p75: maybe },
    histogram: z.array(z.number().int().nonnegative()).length(100).nullable().default(null),
  })
  .refine(({ p5, p95 }) => p5 <= p95, { message: 'p5 is above p95' });
const Sidecar = z.object({
  model: z.string().min(1),
  head: z.string().optional(),
  library_size: z.number().int().nonnegative().default(0),
  min_samples: z.number().int().positive().optional(),
  analysis_version: z.string().optional(),
  labels: z.record(z.string(), LabelFile),
});
const Bundle = z.object({
  labels: z.record(z.string(), LabelFile),
  metadata: z.object({
    library_size: z.number().int().nonnegative().default(0),
    min_samples: z.number().int().positive().optional(),
    analysis_version: z.string().optional(),
  }),
});

/** One file as it was given: its name for messages, and its JSON as text or read already. */
export interface GivenFile {
  readonly name: string;
  readonly content: unknown;
}

/** The analysis version that one of the files names; those of Nomarr name none. */
export function analysisVersionIn(files: readonly GivenFile[]): string | undefined {
  const contents = files.map(({ content, name }) => plainOf(content, name));
  const named = contents.map((content) => Named.safeParse(content).data);
  return named.map((each) => each?.analysis_version ?? each?.metadata?.analysis_version).find(Boolean);
}

const Named = z.object({
  analysis_version: z.string().optional(),
  metadata: z.object({ analysis_version: z.string().optional() }).optional(),
});

export interface Imported extends Pick<NewCalibration, 'librarySize' | 'labels'> {
  readonly minSamples: number | undefined;
  /** What is in the files and not among the heads here. */
  readonly skipped: readonly string[];
}

/**
 * Reads exported files, as far as they are about heads that are known here. A label in a bundle that does not say its
 * head is taken when only one head has it: two heads' labels of one name are not the same. Throws `invalid_input`.
 */
export function readFiles(files: readonly GivenFile[], known: readonly CalibratedLabel[], models: ModelSet): Imported {
  const parsed = files.map((file) => parse(file, known, models));
  const found = parsed.flatMap(({ entries }) => entries);
  const labels = found.flatMap(({ label, numbers }) => (label ? [{ ...label, ...numbers }] : []));
  const unique = [...new Map(labels.map((label) => [`${label.head}\n${label.label}`, label])).values()];
  if (unique.length === 0) throw new AppError('invalid_input', 'None of the labels in these files is known here.');
  return {
    labels: unique,
    librarySize: Math.max(...parsed.map(({ librarySize }) => librarySize)),
    minSamples: parsed.find(({ minSamples }) => minSamples !== undefined)?.minSamples,
    skipped: found.flatMap(({ name, label }) => (label ? [] : [name])),
  };
}

interface Parsed {
  readonly librarySize: number;
  readonly minSamples: number | undefined;
  readonly entries: readonly {
    name: string;
    label: CalibratedLabel | undefined;
    numbers: Omit<z.infer<typeof LabelFile>, 'method'>;
  }[];
}

function parse({ name, content }: GivenFile, known: readonly CalibratedLabel[], models: ModelSet): Parsed {
  const plain = plainOf(content, name);
  const sidecar = Sidecar.safeParse(plain);
  if (sidecar.success) {
    const { model, labels, library_size, min_samples } = sidecar.data;
    const ofHead = known.filter((label) => modelOf(label, models) === model || label.head === sidecar.data.head);
    const find = (text: string) => ofHead.find(({ label }) => label === text);
    return { librarySize: library_size, minSamples: min_samples, entries: entriesOf(labels, find, `${model}:`) };
  }
  const bundle = Bundle.safeParse(plain);
  if (!bundle.success) {
    const { path, message } = (isRecord(plain) && 'metadata' in plain ? bundle : sidecar).error.issues[0];
    throw new AppError('invalid_input', `${name || 'The file'} is no calibration: ${path.join('.')}: ${message}`);
  }
  const { labels, metadata } = bundle.data;
  const find = (text: string) => {
    const exact = known.find(({ head, label }) => `${head}:${label}` === text);
    const bare = known.filter(({ label }) => label === text);
    return exact ?? (bare.length === 1 ? bare[0] : undefined);
  };
  return { librarySize: metadata.library_size, minSamples: metadata.min_samples, entries: entriesOf(labels, find, '') };
}

function entriesOf(
  labels: Record<string, z.infer<typeof LabelFile>>,
  find: (name: string) => CalibratedLabel | undefined,
  prefix: string,
): Parsed['entries'] {
  return Object.entries(labels).map(([name, { method: _method, ...numbers }]) => {
    return { name: `${prefix}${name}`, label: find(name), numbers };
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function plainOf(content: unknown, name: string): unknown {
  if (typeof content !== 'string') return content;
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new AppError('invalid_input', `${name || 'The file'} is not JSON.`, { cause });
  }
}
