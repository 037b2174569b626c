import type { ModelInfo } from '../contract';
import type { Catalogue, CatalogueModel } from './catalogue';
import type { FoundModel } from './model-folder';

export type { ModelInfo };

/** What is installed first, then what could be, each by backbone and name. */
export function describeModels(
  found: readonly FoundModel[],
  catalogue: Catalogue,
  recorded: Readonly<Record<string, string>> = {},
): ModelInfo[] {
  const known = (name: string) => catalogue.models.find((model) => model.name === name);
  const installed = found.map((model) =>
    describeFound(model, known(model.name), found, catalogue, recorded[model.name]),
  );
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
  recorded: string | undefined,
): ModelInfo {
  const { name, backbone, kind, task, sizeBytes, sha256, classes, isReadOnly } = model;
  const hasBackbone = found.some((other) => other.kind === 'embedding' && other.backbone === backbone);
  return {
    name,
    backbone,
    kind,
    task,
    state: classes === null && kind !== 'embedding' ? 'needs_labels' : hasBackbone ? 'ready' : 'needs_backbone',
    ...verificationOf(sha256, known, recorded),
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
  const { name, backbone, kind, task, sizeBytes, url, released, classes, sums } = model;
  return {
    name,
    backbone,
    kind,
    task,
    state: 'available',
    verification: null,
    warning: sums.length === 0 ? NO_SUM : null,
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

const NO_SUM = 'The publisher’s sum of this file is not known: what is downloaded first is recorded, and not checked.';

type Verified = Pick<ModelInfo, 'verification' | 'warning'>;

/** Against the publisher's sums where they are known, else against what was downloaded first. */
function verificationOf(sha256: string, known: CatalogueModel | undefined, recorded: string | undefined): Verified {
  if (!known) return { verification: 'unverified', warning: null };
  if (known.sums.length > 0) {
    if (known.sums.some((sum) => sum.sha256 === sha256)) return { verification: 'verified', warning: null };
    return { verification: 'differs', warning: 'It is not a file that its publisher is known to have published.' };
  }
  if (recorded !== undefined && recorded !== sha256)
    return { verification: 'differs', warning: `It was changed since its download, when its SHA-256 was ${recorded}.` };
  const since = recorded === undefined ? 'It was not downloaded by Tonearm' : 'It was recorded at its first download';
  return {
    verification: 'unverified',
    warning: `The publisher’s sum of this file is not known. ${since}; compare it with a copy from elsewhere: SHA-256 ${sha256}.`,
  };
}
