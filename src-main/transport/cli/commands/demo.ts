import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeDemoLibrary } from '../../../app';
import { readInstance } from '../../../platform/auth';
import { type AppPaths, findPaths, findPort, givenPath } from '../../../platform/paths';
import { AppError } from '../../../rpc';
import { serve } from '../../serve';
import type { AddCommands, Api, Cli } from '../terminal';
import { EXIT, findRunning, noteWithoutModels, onInterrupt, openInBrowser, scanNow, table, toPort } from '../terminal';

const POLL_MS = 200;
const ANY_FREE = 0;

/** A first look: synthetic music that is analyzed and written while one watches. */
export const addDemoCommands: AddCommands = (program, run) => {
  program
    .command('seed [folder]')
    .description('make the small library of synthetic music, and nothing else')
    .action(
      run(async (cli, [folder]) => {
        const target = givenPath((folder as string | undefined) ?? join(demoPaths(cli).data, 'music'));
        const files = await makeDemoLibrary(target, (file) => cli.output.note(file));
        cli.output.answer({ folder: target, files }, () => [`${files.length} pieces lie in ${target}.`]);
        return EXIT.done;
      }),
    );

  program
    .command('demo')
    .description('make a small library of synthetic music and tag it before your eyes')
    .option('--once', 'end when everything is written')
    .option('--no-open', 'do not open the page')
    .option('--port <port>', 'else TONEARM_PORT, else any that is free', toPort)
    .action(
      run((cli, _args, { once: endsAlone, open, port }) =>
        demo(cli, { endsAlone: endsAlone === true, opens: open !== false, port: port as number | undefined }),
      ),
    );
};

interface DemoChoices {
  readonly endsAlone: boolean;
  readonly opens: boolean;
  readonly port: number | undefined;
}

async function demo({ output, ...cli }: Cli, { endsAlone, opens, port }: DemoChoices): Promise<number> {
  const interrupted = onInterrupt();
  const paths = demoPaths(cli);
  const music = join(paths.data, 'music');
  output.note('Making twelve pieces of synthetic music …');
  await makeDemoLibrary(music);
  const { listener, stop } = await serve(paths, { port: port ?? findPort(ANY_FREE) });
  try {
    output.note(`Login link (valid once, 5 minutes): ${listener.loginLink()}`);
    if (opens && !endsAlone) openInBrowser(listener.loginLink(), paths.data);
    const api = await apiOf(paths);
    const failed = await tagAll(api, music, output, interrupted.signal);
    output.note(`The files, with their tags, lie in ${music}.`);
    await noteWithoutModels(api, output);
    if (!endsAlone && !interrupted.signal.aborted) {
      output.note('Ctrl+C ends the demo.');
      await once(interrupted.signal, 'abort');
    }
    return failed > 0 ? EXIT.failed : EXIT.done;
  } finally {
    await stop();
    interrupted.release();
  }
}

/** A library of its own, so that the demo never meets the real one; models that are installed there are used. */
function demoPaths({ paths }: Pick<Cli, 'paths'>): AppPaths {
  return findPaths({ data: join(paths.data, 'demo'), models: [paths.models, ...paths.extraModels] });
}

async function apiOf(paths: AppPaths): Promise<Api> {
  const running = await findRunning(readInstance(paths.instanceFile));
  if (!running) throw new AppError('internal', 'The demo has started and does not answer.');
  return running.api;
}

/** Adds the folder, tags what is in it, and prints each piece as soon as it is done. Gives the number of failures. */
async function tagAll(api: Api, music: string, output: Cli['output'], signal: AbortSignal): Promise<number> {
  const [known] = await api.libraries.list({});
  const library = known ?? (await api.libraries.add({ root_path: music, name: 'Demo', autoWrite: true }));
  await scanNow(api, library.id, { enqueue: false });
  const { batch_id: batchId } = await api.queue.tag({ path: music, force: true });
  const shown = new Set<number>();
  for (;;) {
    const batch = await api.queue.batch({ batch_id: batchId });
    const { jobs } = await api.queue.list({ batch_id: batchId, limit: 100 });
    for (const job of jobs.reverse()) {
      if (shown.has(job.id) || (job.status !== 'done' && job.status !== 'error')) continue;
      shown.add(job.id);
      if (job.track_id !== null) await show(api, job.track_id, output);
    }
    if (batch.pending + batch.running === 0 || signal.aborted) {
      return batch.failed.reduce((sum, { count }) => sum + count, 0);
    }
    await setTimeout(POLL_MS, undefined, { signal }).catch(() => {});
  }
}

async function show(api: Api, id: number, output: Cli['output']): Promise<void> {
  const { track, inFile } = await api.tracks.get({ id });
  output.answer({ path: track.absolutePath, tags: inFile }, () => [
    `${track.artist} – ${track.title}`,
    ...table(
      ['', ''],
      Object.entries(inFile ?? {}).map(([key, values]) => [`  ${key}`, values.join(', ')]),
    ).slice(1),
  ]);
}
