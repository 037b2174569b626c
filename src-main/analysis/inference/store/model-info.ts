import type { ModelInfo } from '../contract';
import type { Catalogue, CatalogueModel } from './catalogue';
import type { FoundModel } from './model-folder';

export type { ModelInfo };

/** What is installed first, then what could be, each by backbone and name. */
export function describeModels(found: readonly FoundModel[], catalogue: Catalogue): ModelInfo[] {
  const known = (name: string) => catalogue.models.find((model) => model.name === name);
  const installed = found.map((model) => describeFound(model, known(model.name), found, catalogue));
  const available = catalogue.models.filter(({ name }) => !found.some((model) => model.name === name));
  return [...installed, ...available.map((model) => describeAvailable(model, catalogue))].sort(
    (a, b) =>
      Number(a.state === 'available') - Number(b.state === 'available') ||
      a.backbone.localeCompare(b.backbone) ||
      Number(b.kind === 'embedding') - Number(a.kind === 'embedding') ||
      a.name.localeCompare(b.name),
  );
}

function describeFound(
  model: FoundModel,
  known: CatalogueModel | undefined,
  found: readonly FoundModel[],
  { licence }: Catalogue,
): ModelInfo {
  const { name, backbone, kind, task, sizeBytes, sha256, classes, isReadOnly } = model;
  const hasBackbone = found.some((other) => other.kind === 'embedding' && other.backbone === backbone);
  return {
    name,
    backbone,
    kind,
    task,
    state: classes === null && kind !== 'embedding' ? 'needs_labels' : hasBackbone ? 'ready' : 'needs_backbone',
    verification: verificationOf(sha256, known),
    sizeBytes,
    sha256,
    url: known?.url ?? null,
    licence: known ? licence.name : null,
    licenceUrl: known ? licence.url : null,
    released: known?.released ?? null,
    classes: classes && [...classes],
    isReadOnly,
  };
}

function describeAvailable(model: CatalogueModel, { licence }: Catalogue): ModelInfo {
  const { name, backbone, kind, task, sizeBytes, url, released, classes } = model;
  return {
    name,
    backbone,
    kind,
    task,
    state: 'available',
    verification: null,
    sizeBytes,
    sha256: null,
    url,
    licence: licence.name,
    licenceUrl: licence.url,
    released,
    classes: classes && [...classes],
    isReadOnly: false,
  };
}

function verificationOf(sha256: string, known: CatalogueModel | undefined): ModelInfo['verification'] {
  if (!known || known.sums.length === 0) return 'unverified';
  return known.sums.some((sum) => sum.sha256 === sha256) ? 'verified' : 'differs';
}
