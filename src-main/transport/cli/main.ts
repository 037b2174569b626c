import { inspect } from 'node:util';
import { Command, CommanderError } from 'commander';
import { findPaths, VERSION } from '../../platform/paths';
import { AppError, toFailure } from '../../rpc';
import {
  addAccessCommands,
  addAnalyzeCommand,
  addBackupCommands,
  addCalibrationCommands,
  addDemoCommands,
  addImportPlaylistCommand,
  addLibraryCommands,
  addManageCommands,
  addModelCommands,
  addPlaylistCommands,
  addQueueCommands,
  addRunCommand,
  addServeCommands,
  addSimilarCommands,
  addTagCommands,
  addUserCommands,
  addVerifyCommand,
  addWriteCommand,
} from './commands';
import { openLocalApp } from './local-app';
import {
  type Action,
  type Cli,
  COMMAND,
  collect,
  connect,
  createOutput,
  EXIT,
  exitCodeOf,
  watchOutput,
} from './terminal';

const GROUPS = [
  addRunCommand,
  addAnalyzeCommand,
  addQueueCommands,
  addTagCommands,
  addVerifyCommand,
  addWriteCommand,
  addSimilarCommands,
  addImportPlaylistCommand,
  addLibraryCommands,
  addModelCommands,
  addCalibrationCommands,
  addAccessCommands,
  addUserCommands,
  addManageCommands,
  addPlaylistCommands,
  addBackupCommands,
  addServeCommands,
  addDemoCommands,
];

/** Runs one command and gives its exit code; everything that goes wrong has been said by then. */
export async function runCli(args: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  const program = new Command(COMMAND)
    .description('Analyzes a music library and writes what it found into the files as tags.')
    .version(VERSION)
    .option('--data <folder>', 'where Tonearm keeps what it knows (else TONEARM_DATA, else the usual place)')
    .option('--models <folder>', 'a folder with models besides our own; may be repeated (else TONEARM_MODELS)', collect)
    .option('--json', 'print JSON and nothing else on standard output')
    .exitOverride()
    .configureHelp({ sortSubcommands: true, showGlobalOptions: true });

  const run =
    (action: Action) =>
    async (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      const options: Record<string, unknown> = command.optsWithGlobals();
      code = (await action(cliFor(options), given.slice(0, -2), options)) ?? EXIT.done;
    };
  for (const add of GROUPS) add(program, run);

  const output = watchOutput();
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (thrown) {
    code = reportFailure(thrown, args.includes('--json'));
  }
  return (await output.end()) ?? code;
}

function cliFor(options: Record<string, unknown>): Cli {
  const { data, models } = options as { data?: string; models?: string[] };
  const paths = findPaths({ data, models });
  return { output: createOutput(options.json === true), paths, connect: () => connect(paths, openLocalApp) };
}

/** Says what went wrong, in one sentence for people or one object for programs, and gives the exit code. */
function reportFailure(thrown: unknown, isJson: boolean): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.done : EXIT.usage;
  const { code, message, details } = toFailure(thrown);
  const output = createOutput(isJson);
  if (!(thrown instanceof AppError)) for (const line of inspect(thrown).split('\n')) output.note(line);
  else if (!isJson) output.note(message);
  if (isJson) output.answer({ error: message, detail: message, code, details }, () => []);
  return exitCodeOf(thrown);
}
