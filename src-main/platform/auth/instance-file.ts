import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Where a running application answers, and the secret that the command line of the same user shows it. */
export const Instance = z.object({
  port: z.number().int(),
  pid: z.number().int(),
  token: z.string(),
  version: z.string(),
  /** Other machines can reach it. */
  isLan: z.boolean().default(false),
});
export type Instance = z.infer<typeof Instance>;

/** Writes the file so that it is complete or not there, and readable by its owner only. */
export function writeInstance(file: string, instance: z.input<typeof Instance>): void {
  const temporary = `${file}.${process.pid}`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, JSON.stringify(instance), { mode: 0o600, flag: 'wx' });
  chmodSync(temporary, 0o600);
  renameSync(temporary, file);
}

/** What the file says; undefined when it is missing or not ours. The application may have crashed since. */
export function readInstance(file: string): Instance | undefined {
  try {
    return Instance.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

export function removeInstance(file: string): void {
  rmSync(file, { force: true });
}
