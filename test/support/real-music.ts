import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder with the real models and music that some tests need, or undefined: then those tests are skipped by name. */
export const shared: string | undefined = find();

export const sharedModels = shared && join(shared, 'models');
export const sharedAudio = shared && join(shared, 'audio');

function find(): string | undefined {
  const named = process.env.TONEARM_SHARED;
  if (named) return existsSync(named) ? named : undefined;
  for (let folder = dirname(import.meta.dirname); folder !== dirname(folder); folder = dirname(folder)) {
    const beside = join(dirname(folder), 'shared');
    if (existsSync(join(beside, 'models', 'SHA256SUMS'))) return beside;
  }
  return undefined;
}
