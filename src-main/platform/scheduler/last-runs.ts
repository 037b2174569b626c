import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { LastRun } from './task';

const Stored = z.record(
  z.string(),
  z.object({
    startedAt: z.number(),
    outcome: z.enum(['running', 'done', 'failed', 'interrupted']),
    message: z.string().nullable(),
  }),
);

/** When tasks ran last, over restarts. */
export interface LastRuns {
  find(name: string): LastRun | undefined;
  save(name: string, run: LastRun): void;
}

/** Kept in a file. One that is missing or damaged says that nothing ever ran, so that everything runs once more. */
export function createLastRuns(file: string): LastRuns {
  const runs = new Map(Object.entries(read(file)));
  return {
    find: (name) => runs.get(name),
    save(name, run) {
      runs.set(name, run);
      const temporary = `${file}.${process.pid}`;
      writeFileSync(temporary, JSON.stringify(Object.fromEntries(runs), null, 2), { mode: 0o600 });
      renameSync(temporary, file);
    },
  };
}

function read(file: string): z.infer<typeof Stored> {
  try {
    const runs = Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
    for (const run of Object.values(runs)) if (run.outcome === 'running') run.outcome = 'interrupted';
    return runs;
  } catch {
    return {};
  }
}
