import { AppError } from '../../../rpc';
import type { HeadKind } from './analysis';
import { openSession } from './sessions';
import { embeddingTensors, headTensors } from './tensors';

export type ModelKind = 'embedding' | HeadKind;

/** What a model takes and gives, as its file says. */
export interface Inspected {
  /** Of an embedding model its embedding, of a head the embedding it takes. */
  readonly embeddingSize: number;
  /** Outputs that want a label each; 0 for an embedding model without activations. */
  readonly labels: number;
}

export type Inspect = (file: string, name: string, kind: ModelKind) => Promise<Inspected>;

/** Loads a model to see whether it is one that we can use. Throws `invalid_input` with the reason when it is not. */
export async function inspectModel(file: string, name: string, kind: ModelKind): Promise<Inspected> {
  const session = await openSession(file);
  try {
    if (kind === 'embedding') {
      const { embedding, activations } = embeddingTensors(session, name);
      return { embeddingSize: embedding.size, labels: activations?.size ?? 0 };
    }
    const { inputSize, outputSize } = headTensors(session, name);
    return { embeddingSize: inputSize, labels: outputSize };
  } finally {
    await session.release();
  }
}

/** Throws `invalid_input` when the number of labels is not that of the outputs. */
export function checkLabels(name: string, { labels }: Inspected, classes: readonly string[] | null): void {
  if (classes === null || labels === 0 || classes.length === labels) return;
  throw new AppError(
    'invalid_input',
    `${name} has ${labels} outputs, but ${classes.length} labels are given for them.`,
  );
}
