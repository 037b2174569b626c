import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../../rpc';
import type { HeadKind } from '../session';

/** A description of a thousand labels has a tenth of this. */
const MAX_BYTES = 2 ** 20;

/** The parts of a publisher's description of a model (the `.json` beside it) that we use. */
const Sidecar = z.object({
  name: z.string().optional(),
  type: z.string().optional(),
  classes: z.array(z.string()).optional(),
  labels: z.array(z.string()).optional(),
  schema: z
    .object({ outputs: z.array(z.object({ op: z.string().optional(), output_purpose: z.string().optional() })) })
    .partial()
    .optional(),
});

export interface ModelDescription {
  readonly classes: readonly string[] | null;
  readonly kind: HeadKind | null;
}

/** The description beside a model; undefined when there is none, or none that can be read. */
export function readSidecar(file: string): ModelDescription | undefined {
  try {
    const stat = statSync(file);
    if (!stat.isFile() || stat.size > MAX_BYTES) return undefined;
    return parseSidecar(readFileSync(file, 'utf8'), file);
  } catch {
    return undefined;
  }
}

/** Throws `invalid_input` when it is not a description. */
export function parseSidecar(text: string, file: string): ModelDescription {
  try {
    const sidecar = Sidecar.parse(JSON.parse(text));
    const classes = sidecar.classes ?? sidecar.labels;
    return { classes: classes && classes.length > 0 ? classes : null, kind: kindOf(sidecar) };
  } catch (cause) {
    throw new AppError('invalid_input', `${file} is not a description of a model.`, { cause });
  }
}

function kindOf(sidecar: z.infer<typeof Sidecar>): HeadKind | null {
  const predictions = sidecar.schema?.outputs?.find((output) => output.output_purpose === 'predictions');
  const op = predictions?.op?.toLowerCase();
  if (op === 'softmax' || op === 'sigmoid') return op;
  if (op === 'linear' || op === 'identity') return 'identity';
  if (sidecar.type === 'regression model' || sidecar.type === 'regression') return 'identity';
  if (sidecar.type === 'multi-class classifier') return 'softmax';
  return null;
}
