import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError, fieldFailure, toFailure } from '../../../rpc';
import { checkLabels, type Inspect } from '../session';
import type { Catalogue } from './catalogue';
import type { FileSums } from './file-sums';
import { type FoundModel, findModels } from './model-folder';
import { readSidecar } from './sidecar';

export interface ImportResult {
  /** Names of the models that are installed now. */
  readonly imported: string[];
  readonly refused: { readonly name: string; readonly reason: string }[];
}

interface Import {
  readonly from: string;
  readonly into: string;
  readonly catalogue: Catalogue;
  readonly sums: FileSums;
  readonly inspect: Inspect;
  readonly installed: readonly FoundModel[];
}

/** Copies the usable models of a folder, with the descriptions beside them. Throws `invalid_input` when it has none. */
export async function importModels({ from, into, catalogue, sums, inspect, installed }: Import): Promise<ImportResult> {
  const candidates = findModels(from, { catalogue, sums, isReadOnly: true });
  if (candidates.length === 0) {
    const message = `${from} holds no models. They are looked for as <backbone>/embeddings/*.onnx and <backbone>/heads/softmax|sigmoid|identity/*.onnx.`;
    throw fieldFailure('folder', message);
  }
  const sizes = new Map<string, number>();
  for (const { backbone, kind, file, name } of installed) {
    if (kind === 'embedding') sizes.set(backbone, (await inspect(file, name, kind)).embeddingSize);
  }
  const result: ImportResult = { imported: [], refused: [] };
  // Embedding models first: their heads are measured against them.
  for (const model of candidates.toSorted((a, b) => Number(b.kind === 'embedding') - Number(a.kind === 'embedding'))) {
    try {
      if (installed.some((other) => other.sha256 === model.sha256 && other.name === model.name)) continue;
      await checkModel(model, sizes, inspect);
      copyModel(model, join(into, model.backbone, ...placeOf(model)));
      result.imported.push(model.name);
    } catch (thrown) {
      result.refused.push({ name: model.name, reason: toFailure(thrown).message });
    }
  }
  return result;
}

async function checkModel(
  { name, backbone, kind, file, classes }: FoundModel,
  sizes: Map<string, number>,
  inspect: Inspect,
): Promise<void> {
  const inspected = await inspect(file, name, kind);
  checkLabels(name, inspected, classes);
  if (kind === 'embedding') {
    sizes.set(backbone, inspected.embeddingSize);
    return;
  }
  const size = sizes.get(backbone);
  if (size === undefined)
    throw new AppError('invalid_input', `${name} needs the embedding model ${backbone}, which is not there.`);
  if (size !== inspected.embeddingSize) {
    throw new AppError(
      'invalid_input',
      `${name} takes ${inspected.embeddingSize} numbers, but ${backbone} gives ${size}.`,
    );
  }
}

const placeOf = ({ kind }: FoundModel) => (kind === 'embedding' ? ['embeddings'] : ['heads', kind]);

function copyModel(model: FoundModel, folder: string): void {
  const target = join(folder, basename(model.file));
  mkdirSync(dirname(target), { recursive: true });
  const sidecar = model.file.replace(/\.onnx$/, '.json');
  if (readSidecar(sidecar)) copyFileSync(sidecar, target.replace(/\.onnx$/, '.json'));
  const part = `${target}.part`;
  try {
    copyFileSync(model.file, part);
    renameSync(part, target);
  } catch (cause) {
    rmSync(part, { force: true });
    throw new AppError('disk_full', `${model.name} could not be copied to ${folder}.`, { cause });
  }
}
