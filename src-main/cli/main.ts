import { Command, CommanderError } from 'commander';
import { AppError, toFailure } from '../errors';
import { findPaths } from '../paths';
import { VERSION } from '../version';
import { type Action, type Cli, collect } from './cli';
import { addAccessCommands } from './commands/access';
import { addAnalyzeCommand } from './commands/analyze';
import { addBackupCommands } from './commands/backup';
import { addCalibrationCommands } from './commands/calibrate';
import { addDemoCommands } from './commands/demo';
import { addImportPlaylistCommand } from './commands/import-playlist';
import { addLibraryCommands } from './commands/libraries';
import { addManageCommands } from './commands/manage';
import { addModelCommands } from './commands/models';
import { addPlaylistCommands } from './commands/playlists';
import { addQueueCommands } from './commands/queue';
import { addRunCommand } from './commands/run';
import { addServeCommands } from './commands/serve';
import { addSimilarCommands } from './commands/similar';
import { addTagCommands } from './commands/tags';
import { addVerifyCommand } from './commands/verify';
import { connect } from './connection';
import { EXIT, exitCodeOf } from './exit-codes';
import { openLocalApp } from './local-app';
import { createOutput } from './output';

const GROUPS = [
  addRunCommand,
  addAnalyzeCommand,
  addQueueCommands,
  addTagCommands,
  addVerifyCommand,
  addSimilarCommands,
  addImportPlaylistCommand,
  addLibraryCommands,
  addModelCommands,
  addCalibrationCommands,
  addAccessCommands,
  addManageCommands,
  addPlaylistCommands,
  addBackupCommands,
  addServeCommands,
  addDemoCommands,
];

/** Runs one command and gives its exit code; everything that goes wrong has been said by then. */
export async function runCli(args: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  const program = new Command('nom')
    .description('Listens to a music library and writes what it heard into the files as tags.')
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

  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (thrown) {
    return complain(thrown, args.includes('--json'));
  }
}

function cliFor(options: Record<string, unknown>): Cli {
  const { data, models } = options as { data?: string; models?: string[] };
  const paths = findPaths({ data, models });
  return { output: createOutput(options.json === true), paths, connect: () => connect(paths, openLocalApp) };
}

/** Says what went wrong, in one sentence for people or one object for programs, and gives the exit code. */
function complain(thrown: unknown, isJson: boolean): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.done : EXIT.usage;
  const { code, message, details } = toFailure(thrown);
  if (!(thrown instanceof AppError)) console.error(thrown);
  if (isJson) console.log(JSON.stringify({ error: message, detail: message, code, details }));
  else if (thrown instanceof AppError) console.error(message);
  return exitCodeOf(thrown);
}
