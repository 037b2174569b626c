import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a second start hands to the first. */
export interface LaunchRequest {
  v: 1;
  files: string[];
}

/**
 * The files and folders that a command line names: without switches, the program and its script; relative ones from
 * the caller's folder; addresses of files as paths.
 *
 * @param argv as the process has it
 * @param skip how many words stand before those of the person: 1 when packaged, else 2
 */
export function filesOf(argv: readonly string[], skip: number, cwd: string): string[] {
  return argv
    .slice(skip)
    .filter((word) => word !== '' && word !== '.' && !word.startsWith('-'))
    .flatMap((word) => {
      if (!word.startsWith('file:')) return [isAbsolute(word) ? word : resolve(cwd, word)];
      return URL.canParse(word) ? [fileURLToPath(word)] : [];
    });
}

/** The files that a second start handed over; none when it is of another version. */
export function filesFrom(data: unknown): string[] {
  const { v, files } = (data ?? {}) as Partial<LaunchRequest>;
  return v === 1 && Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
}
