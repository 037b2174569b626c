import type { Command } from 'commander';
import type { AppPaths } from '../../../platform/paths';
import type { Api } from './api';
import type { LibraryAccess } from './library-access';
import type { Output } from './output';

/** What every command gets to do its work with. */
export interface Cli {
  readonly output: Output;
  readonly paths: AppPaths;
  connect(): Promise<LibraryAccess>;
}

/** Runs a command; its exit code is what the function gives, or 0. */
export type Action = (
  cli: Cli,
  args: readonly unknown[],
  options: Record<string, unknown>,
) => Promise<number | undefined>;

/** Adds commands to the program; `run` makes commander's action out of ours. */
export type AddCommands = (program: Command, run: (action: Action) => (...args: unknown[]) => Promise<void>) => void;

/** Asks the library one thing and lets go of it. */
export async function ask<T>(cli: Cli, question: (api: Api) => Promise<T>): Promise<T> {
  const connection = await cli.connect();
  try {
    return await question(connection.api);
  } finally {
    await connection.close();
  }
}

/** For an option that may be repeated. One that takes several words at once would swallow the files after it. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
