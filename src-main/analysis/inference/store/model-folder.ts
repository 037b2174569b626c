import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { HeadKind } from '../session';
import { byPreference, type ModelSet } from '../session';
import type { Catalogue } from './catalogue';
import type { FileSums } from './file-sums';
import { readSidecar } from './sidecar';

/** A model file as it was found in a models folder. */
export interface FoundModel {
  readonly name: string;
  readonly backbone: string;
  readonly kind: 'embedding' | HeadKind;
  readonly task: string;
  readonly file: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** In the order of the output; null while nobody has said what they mean. */
  readonly classes: readonly string[] | null;
  /** Lies in a folder that is not ours to change. */
  readonly isReadOnly: boolean;
}

const EMBEDDING_FOLDERS = ['embeddings', 'embedding'];
const HEAD_FOLDERS: Record<string, HeadKind> = {
  softmax: 'softmax',
  sigmoid: 'sigmoid',
  identity: 'identity',
  classification: 'softmax',
  multilabel: 'sigmoid',
  regression: 'identity',
};

/**
 * The models below a folder laid out as `<backbone>/embeddings/*.onnx` and `<backbone>/heads/<kind>/*.onnx`. What a
 * description beside a model says of its classes counts for more than our own table.
 */
export function findModels(
  folder: string,
  options: { catalogue: Catalogue; sums: FileSums; isReadOnly: boolean },
): FoundModel[] {
  const { catalogue, sums, isReadOnly } = options;
  const found = (backbone: string, kind: FoundModel['kind'], file: string): FoundModel[] => {
    const name = basename(file, '.onnx');
    const known = catalogue.models.find((model) => model.name === name && model.backbone === backbone);
    const described = readSidecar(file.replace(/\.onnx$/, '.json'));
    const sha256 = sums.find(file);
    // It went away while we looked, or is not ours to read.
    if (sha256 === undefined) return [];
    const model: FoundModel = {
      name,
      backbone,
      kind: kind === 'embedding' ? kind : ((described?.kind ?? known?.kind ?? kind) as HeadKind),
      task: known?.task ?? taskOf(name, kind),
      file,
      sizeBytes: statSync(file).size,
      sha256,
      classes: described?.classes ?? known?.classes ?? null,
      isReadOnly,
    };
    return [model];
  };
  return foldersIn(folder).flatMap((backbone) => [
    ...EMBEDDING_FOLDERS.flatMap((name) => onnxFilesIn(join(folder, backbone, name)))
      .slice(0, 1)
      .flatMap((file) => found(backbone, 'embedding', file)),
    ...Object.entries(HEAD_FOLDERS).flatMap(([name, kind]) =>
      onnxFilesIn(join(folder, backbone, 'heads', name)).flatMap((file) => found(backbone, kind, file)),
    ),
  ]);
}

/** The models that can be used: each backbone with those heads whose classes are known. */
export function toModelSet(found: readonly FoundModel[]): ModelSet {
  const backbones = found
    .filter((model) => model.kind === 'embedding')
    .map(({ backbone, name, file, sha256, task, classes }) => ({
      id: backbone,
      name,
      file,
      sha256,
      activations: classes && { task, classes },
      heads: found
        .filter((model) => model.backbone === backbone && model.kind !== 'embedding' && model.classes !== null)
        .map((head) => ({
          name: head.name,
          task: head.task,
          kind: head.kind as HeadKind,
          file: head.file,
          sha256: head.sha256,
          classes: head.classes ?? [],
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    }))
    .sort(byPreference);
  return { backbones };
}

function taskOf(name: string, kind: FoundModel['kind']): string {
  return kind === 'embedding' ? `${name}_tags` : name.split('-')[0];
}

function foldersIn(folder: string): string[] {
  return namesIn(folder).filter((name) => isFolder(folder, name));
}

/** Follows links: a models folder is often one to a larger disk. A link to itself is none. */
function isFolder(folder: string, name: string): boolean {
  try {
    return !name.startsWith('.') && statSync(join(folder, name)).isDirectory();
  } catch {
    return false;
  }
}

function onnxFilesIn(folder: string): string[] {
  return namesIn(folder).flatMap((name) =>
    name.endsWith('.onnx') && !name.startsWith('.') ? [join(folder, name)] : [],
  );
}

/** Sorted; none where the folder is not there or cannot be read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
