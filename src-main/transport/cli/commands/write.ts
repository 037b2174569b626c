import { setTimeout } from 'node:timers/promises';
import type { WritePlan, WriteSelection } from '../../../library/tagging/plan/contract';
import { givenPath } from '../../../platform/paths';
import { AppError } from '../../../rpc';
import {
  type AddCommands,
  type Api,
  confirm,
  EXIT,
  type LibraryAccess,
  type Output,
  onInterrupt,
  reconcile,
  table,
  totalOf,
} from '../terminal';
import { follow } from './run';

const POLL_MS = 200;

interface WriteOptions {
  readonly library?: string;
  readonly stale?: boolean;
  readonly plan?: boolean;
  readonly yes?: boolean;
}

/** `nom write`: the tags of what is analyzed already, with a plan before anything is changed. */
export const addWriteCommand: AddCommands = (program, run) => {
  program
    .command('write [paths...]')
    .description('write the tags of analyzed tracks; shows first what would change, and asks')
    .option('--library <number>', 'all of this library')
    .option('--stale', 'files that hold older tags, of all libraries or of --library')
    .option('--plan', 'only show what would change')
    .option('-y, --yes', 'write without asking')
    .action(
      run(async (cli, [paths], options) => {
        const wanted = options as WriteOptions;
        const selection = selectionOf(paths as string[], wanted);
        const { signal, release } = onInterrupt();
        const connection = await cli.connect();
        try {
          const { api } = connection;
          const plan = await planned(api, selection, signal);
          cli.output.answer(plan, () => linesOf(plan));
          if (wanted.plan || plan.write.files === 0) return EXIT.done;
          if (!wanted.yes && !(await confirm(`Write ${files(plan.write.files)}?`))) {
            await api.writePlans.cancel({ id: plan.id });
            cli.output.note('Nothing was written. Without a terminal, say --yes.');
            return EXIT.failed;
          }
          const { batchId } = await api.writePlans.write({ id: plan.id });
          await connection.work({ batchId: batchId!, writesTags: true });
          return await report(connection, batchId!, cli.output, signal);
        } finally {
          await connection.close();
          release();
        }
      }),
    );
};

function selectionOf(paths: readonly string[], { library, stale }: WriteOptions): WriteSelection {
  const given = [paths.length > 0, library !== undefined || stale === true].filter(Boolean).length;
  if (given !== 1) throw new AppError('invalid_input', 'Say what: files or folders, --library, or --stale.');
  if (paths.length > 0) return { of: 'paths', paths: paths.map(givenPath) };
  const number = library === undefined ? undefined : Number(library);
  if (number !== undefined && !(Number.isSafeInteger(number) && number > 0))
    throw new AppError('invalid_input', `"${library}" is not the number of a library; "nom libraries" lists them.`);
  return stale ? { of: 'stale', library: number } : { of: 'library', library: number! };
}

/** Waits until every file was looked at; gives the plan up when somebody says to stop. */
async function planned(api: Api, selection: WriteSelection, signal: AbortSignal): Promise<WritePlan> {
  let plan = await api.writePlans.create({ selection });
  while (plan.state === 'planning') {
    await setTimeout(POLL_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) {
      await api.writePlans.cancel({ id: plan.id });
      throw new AppError('cancelled', 'Stopped; nothing was written.');
    }
    plan = await api.writePlans.get({ id: plan.id });
  }
  if (plan.state !== 'ready') throw new AppError('cancelled', plan.message ?? 'The plan was given up.');
  return plan;
}

async function report(
  { api, rest }: LibraryAccess,
  batchId: number,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  await follow(api, batchId, output, signal);
  await rest();
  const batch = await api.queue.batch({ batch_id: batchId });
  const { jobs } = await api.queue.batchJobs({ batch_id: batchId, status: 'error', limit: 500 });
  output.answer(batch, () => [
    ...jobs.map(({ path, error_message, reason }) => `${path}: ${error_message ?? reason}`),
    reconcile(batch, 'written'),
  ]);
  if (batch.done > 0) output.note(`"nom undo --run ${batchId}" puts back what was changed.`);
  if (signal.aborted) return EXIT.interrupted;
  return totalOf(batch.failed) > 0 ? EXIT.failed : EXIT.done;
}

function linesOf(plan: WritePlan): string[] {
  const { total, write, unchanged, refused, fields } = plan;
  const left = refused.map(({ files: count, message }) => `${files(count)} left alone: ${message}`);
  const tags = fields.map(({ field, added, changed, removed, examples: [example] }) => [
    ...[field, added, changed, removed],
    example ? `${shownValue(example.old)} → ${shownValue(example.new)}` : '',
  ]);
  return [
    ...(tags.length > 0 ? [...table(['TAG', 'ADDED', 'CHANGED', 'REMOVED', 'FOR EXAMPLE'], tags), ''] : []),
    ...left,
    `${files(total)} = ${write.files} to write + ${unchanged} as they should be + ${totalOf(refused.map(({ files: count, reason }) => ({ count, reason })))} left alone`,
  ];
}

const shownValue = (values: readonly string[]) => (values.length === 0 ? '–' : values.join(', '));
const files = (count: number) => (count === 1 ? '1 file' : `${count} files`);
