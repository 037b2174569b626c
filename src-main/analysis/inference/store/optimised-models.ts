import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { toFailure } from '../../../rpc';
import { OPTIMISER_REVISION, type OptimiseOutcome } from '../optimiser';
import { type BackboneModel, type ModelSet, type OptimisedFile, runtimeVersion } from '../session';

/** What came of a model, kept beside the file that was made of it. */
const Outcome = z.object({
  /** Of the rewritten file; null when the published model is used. */
  sha256: z.string().nullable(),
  reason: z.string().nullable(),
  largestDifference: z.number().nullable(),
  patches: z.number(),
  /** Real tracks that were among the proof. */
  tracks: z.number(),
  /** What the proof holds for: revision, runtime, machine, and every head's sum. */
  basis: z.string(),
});
export type OptimisedRecord = Omit<z.infer<typeof Outcome>, 'basis'>;

/** Rewrites a model and compares it with the published one; best in a process of its own. */
export type Optimise = (
  model: BackboneModel,
  tracks: readonly string[],
  signal?: AbortSignal,
) => Promise<OptimiseOutcome>;

export interface Preparation {
  /** Some tracks of the library; asked only when something is to be proven. */
  readonly sample: () => readonly string[];
  readonly signal?: AbortSignal;
}

export interface OptimisedParts {
  /** For the files that are made; it need not exist yet. */
  readonly folder: string;
  /** Without it only what was made before is used. */
  readonly optimise?: Optimise;
}

/** The rewritten models of this machine, each by the sum of the one it was made of. */
export function createOptimisedModels({ folder, optimise }: OptimisedParts) {
  const records = new Map<string, z.infer<typeof Outcome> | undefined>();
  const fileOf = (sha256: string) => join(folder, `${sha256.slice(0, 32)}.onnx`);
  const recordOf = (sha256: string) => join(folder, `${sha256.slice(0, 32)}.json`);

  function read(sha256: string): z.infer<typeof Outcome> | undefined {
    if (!records.has(sha256)) records.set(sha256, readRecord(recordOf(sha256)));
    return records.get(sha256);
  }

  function valid(model: BackboneModel): z.infer<typeof Outcome> | undefined {
    const record = read(model.sha256);
    return record?.basis === basisOf(model) ? record : undefined;
  }

  function make(model: BackboneModel, tracks: readonly string[], outcome: OptimiseOutcome): void {
    const { bytes, ...proof } = outcome;
    const sha256 = bytes && createHash('sha256').update(bytes).digest('hex');
    const record = { ...proof, sha256, tracks: tracks.length, basis: basisOf(model) };
    mkdirSync(folder, { recursive: true });
    if (bytes) replace(fileOf(model.sha256), bytes);
    else rmSync(fileOf(model.sha256), { force: true });
    replace(recordOf(model.sha256), JSON.stringify(record, null, 2));
    records.set(model.sha256, record);
  }

  return {
    /** The same set, with what may be used in place of its models. */
    applyTo: ({ backbones }: ModelSet): ModelSet => ({
      backbones: backbones.map((model) => ({ ...model, optimised: usable(valid(model), fileOf(model.sha256)) })),
    }),
    /** What is known of a model by its sum; undefined before it was tried. */
    find: (sha256: string): OptimisedRecord | undefined => read(sha256),
    /**
     * Makes what is missing, and proves anew what was proven for other heads, another machine or without real tracks;
     * gives back whether anything changed. Throws the signal's reason.
     */
    async prepare({ backbones }: ModelSet, { sample, signal }: Preparation): Promise<boolean> {
      let isChanged = false;
      if (!optimise) return isChanged;
      for (const model of backbones) {
        const record = valid(model);
        const tracks = record && record.tracks > 0 ? [] : sample();
        if (record && (record.tracks > 0 || tracks.length === 0)) continue;
        const outcome = await optimise(model, tracks, signal).catch((thrown) => {
          signal?.throwIfAborted();
          return notOptimised(thrown);
        });
        make(model, tracks, outcome);
        isChanged ||= read(model.sha256)?.sha256 !== record?.sha256;
      }
      forgetOthers(new Set(backbones.map(({ sha256 }) => sha256.slice(0, 32))));
      return isChanged;
    },
  };

  function forgetOthers(used: ReadonlySet<string>): void {
    for (const name of namesIn(folder)) if (!used.has(name.split('.')[0])) rmSync(join(folder, name), { force: true });
  }
}

function basisOf({ sha256, heads }: BackboneModel): string {
  const machine = `${arch()} ${cpus()[0]?.model ?? ''}`;
  const sums = heads.map((head) => head.sha256).sort();
  const facts = [sha256, OPTIMISER_REVISION, runtimeVersion(), machine, ...sums].join('\n');
  return createHash('sha256').update(facts).digest('hex');
}

/** A model that brings its worker down is used as it is; the pool says what is wrong with it. */
const notOptimised = (thrown: unknown): OptimiseOutcome => ({
  bytes: null,
  reason: toFailure(thrown).message,
  largestDifference: null,
  patches: 0,
});

const usable = (record: OptimisedRecord | undefined, file: string): OptimisedFile | undefined =>
  record?.sha256 ? { file, sha256: record.sha256, revision: OPTIMISER_REVISION } : undefined;

function readRecord(file: string): z.infer<typeof Outcome> | undefined {
  try {
    return Outcome.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** There whole or not at all. */
function replace(file: string, content: string | Uint8Array): void {
  writeFileSync(`${file}.part`, content);
  renameSync(`${file}.part`, file);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
