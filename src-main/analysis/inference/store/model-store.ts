import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { EventBus } from '../../../platform/events';
import { AppError } from '../../../rpc';
import type { InferenceEvents } from '../contract';
import type { ModelSet, Preset } from '../session';
import { analysisVersion, checkLabels, type Inspect, inspectModel, whyNoInference } from '../session';
import { CATALOGUE, type Catalogue, type CatalogueModel } from './catalogue';
import { download, type Fetch } from './download';
import { createFileSums } from './file-sums';
import { type ImportResult, importModels } from './import-models';
import { type FoundModel, findModels, toModelSet } from './model-folder';
import { describeModels, type ModelInfo } from './model-info';
import { createOptimisedModels, type Optimise, type Preparation } from './optimised-models';
import { parseSidecar } from './sidecar';

export interface StoreParts {
  /** The first is ours to write to; those after it are only read. They need not exist yet. */
  readonly folders: readonly [string, ...string[]];
  readonly events?: Pick<EventBus<InferenceEvents>, 'emit'>;
  readonly fetch?: Fetch;
  readonly catalogue?: Catalogue;
  /** Loads a model that nobody vouches for; best in a process of its own, since it may bring that one down. */
  readonly inspect?: Inspect;
  /** Makes less work of a model, in a process of its own; without it the published models are used. */
  readonly optimise?: Optimise;
}

export interface InstallOptions {
  /** The person has read the licence and agrees to it. */
  readonly acceptLicence: boolean;
  readonly signal?: AbortSignal;
  /** Bytes of the file that is being downloaded; the total where the publisher tells it. */
  readonly onProgress?: (name: string, receivedBytes: number, totalBytes: number | null) => void;
}

/** The sums of files that nobody vouches for, from when they were first downloaded. */
const FirstSums = z.record(z.string(), z.string());

const PROGRESS_EVERY_MS = 250;

/** The models on this machine and in the catalogue: finds, downloads, imports and removes them. */
export function createModelStore(parts: StoreParts) {
  const { folders, events, catalogue = CATALOGUE, inspect = inspectModel } = parts;
  const [own] = folders;
  const sums = createFileSums();
  const firstSums = createFirstSums(join(own, 'first-sums.json'));
  const optimised = createOptimisedModels({ folder: join(own, '.optimised'), optimise: parts.optimise });
  let found = look();
  /** Changes are made one after another. */
  let last: Promise<unknown> = Promise.resolve();

  function look(): FoundModel[] {
    const all = folders.flatMap((folder, i) => findModels(folder, { catalogue, sums, isReadOnly: i > 0 }));
    const isFirst = (model: FoundModel, i: number) =>
      all.findIndex((other) => isSame(other, model) || isOtherEmbedding(other, model)) === i;
    return all.filter(isFirst);
  }

  function changed(): void {
    found = look();
    events?.emit('models.changed', {});
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next;
    return next;
  }

  const fileOf = ({ backbone, kind, name }: CatalogueModel) =>
    join(own, backbone, ...(kind === 'embedding' ? ['embeddings'] : ['heads', kind]), `${name}.onnx`);

  async function installOne(model: CatalogueModel, options: InstallOptions): Promise<void> {
    const file = fileOf(model);
    const part = `${file}.part`;
    const fetcher = parts.fetch ?? fetch;
    const onProgress = thinned((received, total) => {
      options.onProgress?.(model.name, received, total);
      events?.emit('model.progress', { name: model.name, receivedBytes: received, totalBytes: total });
    });
    const known = model.sums.map(({ sha256 }) => sha256);
    const { url, name } = model;
    const sha256 = await download({ url, part, sums: known, fetch: fetcher, signal: options.signal, onProgress });
    try {
      if (known.length === 0) firstSums.check(name, sha256);
      const sidecar = await fetchSidecar(model, fetcher, options.signal);
      const classes = sidecar ? parseSidecar(sidecar, model.sidecarUrl).classes : model.classes;
      if (!whyNoInference()) checkLabels(name, await inspect(part, name, model.kind), classes);
      if (sidecar) writeFileSync(file.replace(/\.onnx$/, '.json'), sidecar);
    } catch (thrown) {
      rmSync(part, { force: true });
      throw thrown;
    }
    renameSync(part, file);
    changed();
  }

  return {
    /** Everything that is installed or could be. */
    list: (): ModelInfo[] =>
      describeModels({ found, catalogue, recorded: firstSums.read(), optimised: optimised.find }),
    catalogue,
    /** What a worker is to load: all models whose classes are known. */
    current: (): ModelSet => optimised.applyTo(toModelSet(found)),
    /**
     * Makes less work of the models where that was not tried yet; `models.changed` says that there is something new.
     */
    optimise: (preparation: Preparation): Promise<void> =>
      inTurn(async () => {
        if (await optimised.prepare(toModelSet(found), preparation)) changed();
      }),
    version: (preset: Preset): string => analysisVersion(preset, toModelSet(found)),
    /** Looks into the folders again, after a person has changed them by hand. */
    refresh: changed,
    /**
     * Downloads a model, or all of a backbone's when `name` is a backbone, with what they need; gives back the names of
     * those that were not there before. Each file is there whole and checked, or not at all.
     */
    install: (name: string, options: InstallOptions): Promise<string[]> =>
      inTurn(async () => {
        const wanted = wantedModels(catalogue, name).filter((model) => !found.some((other) => isSame(other, model)));
        if (wanted.length > 0 && !options.acceptLicence) throw licenceFirst(catalogue);
        for (const model of wanted) {
          options.signal?.throwIfAborted();
          await installOne(model, options);
        }
        return wanted.map((model) => model.name);
      }),
    /** Copies the models of a folder of the same layout; each one that cannot be used is refused with its reason. */
    importFolder: (folder: string): Promise<ImportResult> =>
      inTurn(async () => {
        const result = await importModels({ from: folder, into: own, catalogue, sums, inspect, installed: found });
        changed();
        return result;
      }),
    /** Deletes a model, or all of a backbone's. Gives back the names of what is gone. */
    remove: (name: string): Promise<string[]> =>
      inTurn(async () => {
        const gone = found.filter((model) => model.name === name || model.backbone === name);
        if (gone.length === 0) throw new AppError('not_found', `No model ${name} is installed.`);
        const fixed = gone.find((model) => model.isReadOnly);
        if (fixed) throw new AppError('conflict', `${fixed.file} lies in a folder that is only read; delete it there.`);
        for (const model of gone) {
          rmSync(model.file);
          rmSync(model.file.replace(/\.onnx$/, '.json'), { force: true });
          firstSums.forget(model.name);
        }
        changed();
        return gone.map((model) => model.name);
      }),
  };
}
export type ModelStore = ReturnType<typeof createModelStore>;

const isSame = (a: { backbone: string; name: string }, b: { backbone: string; name: string }) =>
  a.backbone === b.backbone && a.name === b.name;

/** A backbone has one embedding model, the first that is found. */
const isOtherEmbedding = (a: FoundModel, b: FoundModel) =>
  a.kind === 'embedding' && b.kind === 'embedding' && a.backbone === b.backbone;

/** A head is of no use without its backbone; a backbone's name stands for it and all heads whose labels we know. */
function wantedModels({ models }: Catalogue, name: string): CatalogueModel[] {
  const ofBackbone = models.filter((model) => model.backbone === name);
  if (ofBackbone.length > 0) return ofBackbone.filter((model) => model.kind === 'embedding' || model.classes !== null);
  const model = models.find((each) => each.name === name);
  if (!model) throw new AppError('not_found', `There is no model ${name} in the catalogue.`);
  const backbone = models.find((each) => each.backbone === model.backbone && each.kind === 'embedding');
  return [...new Set([backbone ?? model, model])];
}

async function fetchSidecar(model: CatalogueModel, fetcher: Fetch, signal?: AbortSignal): Promise<string | undefined> {
  const response = await fetcher(model.sidecarUrl, { signal }).catch((cause) => {
    signal?.throwIfAborted();
    throw new AppError('provider_failed', `${model.sidecarUrl} could not be read.`, { cause });
  });
  if (response.ok) return response.text();
  if (model.classes !== null || model.kind === 'embedding') return undefined;
  throw new AppError('provider_failed', `${model.sidecarUrl} answered ${response.status}; only it names the classes.`);
}

function licenceFirst({ licence, publisher }: Catalogue): AppError {
  const message = `The models of ${publisher} are under ${licence.name} (${licence.url}). ${licence.summary} Accept it to download them.`;
  return new AppError('conflict', message, { details: [{ licence }] });
}

/** A file without a known sum has to stay what it was when it was downloaded first. */
function createFirstSums(file: string) {
  const read = (): z.infer<typeof FirstSums> => {
    try {
      return FirstSums.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return {};
    }
  };
  const write = (sums: z.infer<typeof FirstSums>) => writeFileSync(file, JSON.stringify(sums, null, 2));
  return {
    read,
    check(name: string, sha256: string): void {
      const sums = read();
      if (sums[name] !== undefined && sums[name] !== sha256) {
        throw new AppError(
          'provider_failed',
          `${name} is not the file that was downloaded before; remove it first if that is right.`,
        );
      }
      write({ ...sums, [name]: sha256 });
    },
    forget(name: string): void {
      const { [name]: _, ...rest } = read();
      if (existsSync(file)) write(rest);
    },
  };
}

function thinned(tell: (received: number, total: number | null) => void): typeof tell {
  let reportedAt = 0;
  return (received, total) => {
    const now = performance.now();
    if (now - reportedAt < PROGRESS_EVERY_MS && received !== total) return;
    reportedAt = now;
    tell(received, total);
  };
}
