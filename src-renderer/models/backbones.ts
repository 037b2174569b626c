import type { ModelInfo } from '../../src-main/analysis/inference/contract';
import { byName } from '../ui';

export interface BackboneModels {
  name: string;
  /** The embedding model first, then what is built upon it, by task. */
  models: readonly ModelInfo[];
  isInstalled: boolean;
  isComplete: boolean;
  missingBytes: number;
}

/** The models by the embedding model they are built upon; what is installed comes first. */
export function backbonesOf(models: readonly ModelInfo[]): BackboneModels[] {
  return [...Map.groupBy(models, ({ backbone }) => backbone)]
    .map(([name, members]) => ({
      name,
      models: [...members].sort((a, b) => rank(a) - rank(b) || byName(a.task, b.task)),
      isInstalled: members.some(({ state }) => state !== 'available'),
      isComplete: members.every(({ state }) => state !== 'available'),
      missingBytes: members.reduce(
        (sum, { state, sizeBytes }) => sum + (state === 'available' ? (sizeBytes ?? 0) : 0),
        0,
      ),
    }))
    .sort((a, b) => Number(b.isInstalled) - Number(a.isInstalled) || byName(a.name, b.name));
}

const rank = ({ kind }: ModelInfo) => (kind === 'embedding' ? 0 : 1);
