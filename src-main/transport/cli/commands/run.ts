import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import type { BatchSummary, JobView } from '../../../jobs/queue/contract';
import { givenPath } from '../../../platform/paths';
import { AppError } from '../../../rpc';
import type { AddCommands, Api, Cli, LibraryAccess, Output } from '../terminal';
import {
  createBatchBar,
  EXIT,
  noteWithoutModels,
  onInterrupt,
  reconcile,
  remarkOn,
  scanNow,
  totalOf,
} from '../terminal';

const POLL_MS = 400;
const PAGE = 500;

interface QueueOptions {
  force?: boolean;
  write: boolean;
}

interface RunOptions {
  force?: boolean;
  write: boolean;
  preset?: 'precise' | 'balanced' | 'fast';
  writeMode?: 'minimal' | 'full';
  /** Ctrl+C. */
  signal: AbortSignal;
}

/** `nom run`: everything from a folder to tags, and the whole account of it. */
export const addRunCommand: AddCommands = (program, run) => {
  describeQueue(program.command('queue <paths...>')).action(
    run((cli, [paths], options) => queuePaths(cli, paths as string[], options as unknown as QueueOptions)),
  );
  describeRun(program.command('run <paths...>')).action(
    run(async (cli, [paths], options) => {
      const wanted = (paths as string[]).map(existing);
      const interrupted = onInterrupt();
      const connection = await cli.connect();
      try {
        return await runPaths(cli, connection, wanted, { ...(options as unknown as RunOptions), ...interrupted });
      } finally {
        await connection.close();
        interrupted.release();
      }
    }),
  );
};

function describeQueue(command: Command): Command {
  return command
    .description('put files or folders of a library into the queue, and leave; a running Tonearm works on them')
    .option('--force', 'also what is up to date')
    .option('--no-write', 'only analyze, leave the files as they are')
    .option('-r, --recursive', 'folders with all that is in them, which is the rule anyway');
}

async function queuePaths(cli: Cli, paths: readonly string[], { force = false, write }: QueueOptions) {
  const wanted = paths.map(existing);
  const connection = await cli.connect();
  try {
    const answer = await connection.api.queue.tag({ paths: wanted, force, write });
    cli.output.answer(answer, () => [`${answer.files_queued} queued`]);
    if (!connection.isRemote) cli.output.note('They wait for the next "nom run" or "nom serve".');
    return EXIT.done;
  } finally {
    await connection.close();
  }
}

function describeRun(command: Command): Command {
  return command
    .description('analyze files or folders and write the tags; a folder that is in no library becomes one')
    .option('--force', 'also what is up to date')
    .option('--no-write', 'only analyze, leave the files as they are')
    .option('-r, --recursive', 'folders with all that is in them, which is the rule anyway')
    .addOption(
      new Option('--preset <preset>', 'how densely to analyze from now on').choices(['precise', 'balanced', 'fast']),
    )
    .addOption(
      new Option('--write-mode <mode>', 'which tags this library gets from now on').choices(['minimal', 'full']),
    );
}

async function runPaths(cli: Cli, { api, isRemote, work, rest }: LibraryAccess, paths: string[], options: RunOptions) {
  await refuseUnusable(api, paths, options.signal);
  await choosePreset(api, options, cli.output);
  for (const path of paths) await prepare(api, path, options, cli.output);
  const { force = false, write, signal } = options;
  const { batch_id: batchId } = await api.queue.tag({ paths, force, write, only_due: true });
  const joined = await work({ batchId, writesTags: write });
  if (joined > 0) cli.output.note(joinedNote(joined));
  await follow(api, batchId, cli.output, signal);
  // What ends meanwhile counts too.
  await rest();
  const batch = await api.queue.batch({ batch_id: batchId });
  const jobs = await jobsOf(api, batchId, cli.output.isJson ? undefined : 'error');
  if (cli.output.isJson) for (const job of jobs) cli.output.answer(job, () => []);
  cli.output.answer(batch, () => [
    ...jobs.map((job) => `${job.path}: ${job.error_message ?? job.reason}`),
    reconcile(batch, write ? 'written' : 'analyzed'),
  ]);
  if (write && batch.done > 0) cli.output.note(`"nom undo --run ${batchId}" puts back what was changed.`);
  if (signal.aborted) {
    const left = isRemote ? 'Tonearm goes on with it' : 'the rest stays queued, for the next "nom run" or "nom serve"';
    if (batch.pending + batch.running > 0) cli.output.note(`Stopped here; ${left}.`);
    return EXIT.interrupted;
  }
  await tellOfOthers(api, cli.output, isRemote);
  if (batch.done > 0) await noteWithoutModels(api, cli.output);
  return totalOf(batch.failed) > 0 || batch.skipped.some(cannotBeWritten) ? EXIT.failed : EXIT.done;
}

function joinedNote(jobs: number): string {
  if (jobs === 1) return '1 job of before was waiting in the queue; this run works on it too.';
  return `${jobs} jobs of before were waiting in the queue; this run works on them too.`;
}

/** What others asked for is left alone by a run that must not write what they want written. */
async function tellOfOthers(api: Api, output: Output, isRemote: boolean): Promise<void> {
  const { pending } = await api.queue.status({});
  if (isRemote || pending === 0) return;
  const jobs =
    pending === 1 ? '1 job that is not part of this run waits' : `${pending} jobs that are not part of this run wait`;
  output.note(`${jobs} for a "nom run" that writes, or "nom serve".`);
}

/** What was asked for and can never be done: a name that no text leads to can be analyzed and not written. */
const cannotBeWritten = ({ reason }: BatchSummary['skipped'][number]): boolean => reason === 'odd_name';

/** A preset for one run alone would be undone by the next run, which would analyze the same files with the other one. */
async function choosePreset(api: Api, { preset }: RunOptions, output: Output): Promise<void> {
  const before = (await api.settings.get({})).preset;
  if (!preset || preset === before) return;
  await api.settings.update({ preset });
  output.note(`Tonearm analyzes "${preset}" from now on, no longer "${before}"; the results are kept apart.`);
}

/** Throws for a path that nothing can be done with, before any folder is made a library. */
async function refuseUnusable(api: Api, paths: readonly string[], signal: AbortSignal): Promise<void> {
  const roots = (await api.libraries.list({})).map(({ root_path }) => root_path);
  const unknown = paths.filter((path) => !roots.some((root) => isInside(root, path)));
  const folders = unknown.filter((path) => statSync(path).isDirectory());
  for (const path of unknown) {
    if (!folders.some((folder) => isInside(folder, path)))
      throw new AppError(
        'outside_library',
        `${basename(path)} is in no library. Add its folder: nom libraries add FOLDER`,
      );
  }
  const { holdsAudio } = await import('../../../library/libraries');
  for (const folder of folders) {
    if (!(await holdsAudio(folder, signal)))
      throw new AppError('no_audio', `${folder} and the folders in it hold no audio files that Tonearm knows.`);
  }
}

/** Sees to it that a path lies in a library, and that the library knows what is there by now. */
async function prepare(api: Api, path: string, { writeMode }: RunOptions, output: Output): Promise<void> {
  const libraries = await api.libraries.list({});
  const holder = libraries.find(({ root_path: root }) => isInside(root, path));
  if (holder) {
    if (writeMode && writeMode !== holder.writeMode) await api.libraries.update({ id: holder.id, writeMode });
    const isFolder = statSync(path).isDirectory();
    const remark = remarkOn(
      await scanNow(api, holder.id, { paths: [isFolder ? path : dirname(path)], enqueue: false }),
    );
    if (remark) output.note(remark);
    return;
  }
  const library = await api.libraries.add({ root_path: path, writeMode });
  output.note(`${path} is a library now ("nom libraries remove ${library.id}" forgets it and keeps the files).`);
  await scanNow(api, library.id, { enqueue: false });
}

/** Waits until every job of the batch has ended, or until somebody says to stop. */
export async function follow(api: Api, batchId: number, output: Output, signal: AbortSignal): Promise<void> {
  const bar = createBatchBar(output);
  try {
    for (;;) {
      const batch = await api.queue.batch({ batch_id: batchId });
      const status = await api.queue.status({});
      bar.update(batch, status);
      if (batch.pending + batch.running === 0 || signal.aborted) return;
      if (status.paused && status.running === 0)
        throw new AppError(
          'conflict',
          `The queue is paused, and ${batch.pending} files wait in it. Go on with "nom resume".`,
        );
      await setTimeout(POLL_MS, undefined, { signal }).catch(() => {});
    }
  } finally {
    bar.stop();
  }
}

/** The jobs that a batch counts, in their order. */
async function jobsOf(api: Api, batchId: number, status: 'error' | undefined): Promise<JobView[]> {
  const found: JobView[] = [];
  for (;;) {
    const { jobs, total } = await api.queue.list({ batch_id: batchId, status, limit: PAGE, offset: found.length });
    found.push(...jobs);
    if (jobs.length === 0 || found.length >= total) return found.reverse();
  }
}

function existing(path: string): string {
  const given = givenPath(path);
  try {
    return realpathSync(given);
  } catch (cause) {
    const isLost = path.includes('\ufffd');
    const hint = isLost ? ' Its name is not UTF-8 and cannot be given here; name the folder that it is in.' : '';
    throw new AppError('not_found', `There is no file or folder ${path}.${hint}`, { cause });
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(root, way) === path);
}
