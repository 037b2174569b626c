import type { ModelInfo } from '../contract';
import type { Catalogue, CatalogueModel } from './catalogue';
import type { FoundModel } from './model-folder';
import type { OptimisedRecord } from './optimised-models';

export type { ModelInfo };

interface ModelFacts {
  readonly found: readonly FoundModel[];
  readonly catalogue: Catalogue;
  /** The sums of files that nobody vouches for, from their first download. */
  readonly recorded?: Readonly<Record<string, string>>;
  /** What was made of a model, by its sum. */
  readonly optimised?: (sha256: string) => OptimisedRecord | undefined;
}

/** What is installed first, then what could be, each by backbone and name. */
export function describeModels(facts: ModelFacts): ModelInfo[] {
  const { found, catalogue } = facts;
  const installed = found.map((model) => describeFound(model, facts));
  const available = catalogue.models.filter(({ name }) => !found.some((model) => model.name === name));
  return [...installed, ...available.map((model) => describeAvailable(model, catalogue))].sort(
    (a, b) =>
      Number(a.state === 'available') - Number(b.state === 'available') ||
      a.backbone.localeCompare(b.backbone) ||
      Number(b.kind === 'embedding') - Number(a.kind === 'embedding') ||
      a.name.localeCompare(b.name),
  );
}

function describeFound(model: FoundModel, { found, catalogue, recorded = {}, optimised }: ModelFacts): ModelInfo {
  const { licence, models } = catalogue;
  const known = models.find((each) => each.name === model.name);
  const { name, backbone, kind, task, sizeBytes, sha256, classes, isReadOnly } = model;
  const hasBackbone = found.some((other) => other.kind === 'embedding' && other.backbone === backbone);
  return {
    name,
    backbone,
    kind,
    task,
    state: classes === null && kind !== 'embedding' ? 'needs_labels' : hasBackbone ? 'ready' : 'needs_backbone',
    ...verificationOf(sha256, known, recorded[name]),
    sizeBytes,
    sha256,
    url: known?.url ?? null,
    licence: known ? licence.name : null,
    licenceUrl: known ? licence.url : null,
    released: known?.released ?? null,
    classes: classes && [...classes],
    isReadOnly,
    optimised: (kind === 'embedding' && describeOptimised(optimised?.(sha256))) || null,
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
    optimised: null,
  };
}

function describeOptimised(record: OptimisedRecord | undefined): ModelInfo['optimised'] {
  if (!record) return null;
  const { sha256, reason, largestDifference, patches, tracks } = record;
  return { isUsed: sha256 !== null, reason, largestDifference, patches, tracks };
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
