import type { LocalLibrary } from '../../connections';

/** Libraries whose files keep their times when tags are written, so that Navidrome does not notice by itself. */
export const timeWarnings = (libraries: readonly LocalLibrary[]): string[] =>
  libraries.filter(({ keepMtime }) => keepMtime).map(({ name }) => keepsTimes(name));

const keepsTimes = (name: string) =>
  `The library "${name}" keeps the times of its files, so Navidrome's own scans do not notice new tags. Switch off "keep the time of files" in that library, or leave the rescan to Tonearm.`;
