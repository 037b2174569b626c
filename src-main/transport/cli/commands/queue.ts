import type { JobView } from '../../../jobs/queue/contract';
import { AppError } from '../../../rpc';
import type { Api } from '../terminal';
import { type AddCommands, ask, confirm, EXIT, table } from '../terminal';

const STATUSES = ['pending', 'running', 'done', 'skipped', 'failed'] as const;
/** What the API says for what is printed; scripts made for Nomarr give it here too. */
const FAILED = 'error';
type Status = Exclude<(typeof STATUSES)[number], 'failed'> | typeof FAILED;

/** The queue: look, remove, try again, clean up, pause. */
export const addQueueCommands: AddCommands = (program, run) => {
  program
    .command('list')
    .description('show the jobs of the queue, newest first')
    .option('--limit <n>', 'at most so many', '50')
    .option('--offset <n>', 'leave out so many', '0')
    .option('--status <status>', `only ${STATUSES.join(', ')}`)
    .action(
      run(async (cli, _args, { limit, offset, status }) => {
        const wanted = { limit: limit as string, offset: offset as string, status: statusOf(status) };
        const page = await ask(cli, (api) => api.queue.list(wanted));
        cli.output.answer(page, () => linesOf(page));
      }),
    );

  program
    .command('remove [job]')
    .description('remove one job, those of a status, or with --all every job that waits or failed')
    .option('--all', 'every job that waits or failed')
    .option('--status <status>', 'every job of this status: pending, done, failed')
    .action(
      run(async (cli, [job], { all, status }) => {
        if ([job, all, status].filter((given) => given !== undefined).length !== 1)
          throw new AppError('invalid_input', 'Say which: a job, --all or --status.');
        const removed = await ask(cli, (api) => remove(api, job as string | undefined, statusOf(status)));
        cli.output.answer({ removed }, () => [`${removed} removed`]);
      }),
    );

  program
    .command('retry [job]')
    .description('queue a failed job again, or all of them')
    .action(
      run(async (cli, [job]) => {
        const answer = await ask(cli, (api) => api.queue.retry({ job_id: job as string | undefined }));
        cli.output.answer(answer, () => [`${answer.queued} queued again`]);
      }),
    );

  program
    .command('cleanup')
    .description('remove jobs that ended longer ago than this')
    .option('--hours <n>', 'their age', '168')
    .action(
      run(async (cli, _args, { hours }) => {
        const answer = await ask(cli, (api) => api.queue.cleanup({ max_age_hours: hours as string }));
        cli.output.answer(answer, () => [`${answer.jobs_removed} removed`]);
      }),
    );

  program
    .command('admin-reset')
    .description('put jobs that are stuck, or that failed, back into the queue')
    .option('--stuck', 'jobs that are marked as running though nobody works on them')
    .option('--errors', 'jobs that failed')
    .option('--force', 'do not ask')
    .action(
      run(async (cli, _args, { stuck, errors, force }) => {
        const wanted = { stuck: stuck === true, errors: errors === true };
        if (!wanted.stuck && !wanted.errors)
          throw new AppError('invalid_input', 'Say which jobs: --stuck, --errors or both.');
        if (force !== true && !(await confirm('Put these jobs back into the queue?'))) {
          cli.output.note('Nothing was changed. Without a terminal, --force says yes.');
          return EXIT.failed;
        }
        const answer = await ask(cli, (api) => api.queue.reset(wanted));
        cli.output.answer(answer, () => [answer.message]);
        return EXIT.done;
      }),
    );

  for (const command of ['pause', 'resume'] as const)
    program
      .command(command)
      .description(command === 'pause' ? 'start no more jobs, also after a restart' : 'go on with the queue')
      .action(
        run(async (cli) => {
          const answer = await ask(cli, (api) => api.queue[command]({}));
          cli.output.answer(answer, () => [answer.message]);
        }),
      );
};

function linesOf({ jobs, total, offset }: { jobs: readonly JobView[]; total: number; offset: number }): string[] {
  if (total === 0) return ['No jobs.'];
  if (jobs.length === 0) return [`There are ${total} jobs, and none after the first ${offset}.`];
  const shown = jobs.length === total ? `${total} in all` : `${offset + 1} to ${offset + jobs.length} of ${total}`;
  return [...table(['JOB', 'STATUS', 'FILE'], jobs.map(rowOf)), shown];
}

function rowOf(job: JobView): (string | number)[] {
  const why = job.error_message ?? job.reason?.replaceAll('_', ' ');
  return [job.id, shownStatus(job), why ? `${job.path} (${why})` : job.path];
}

/** First the word that `--status` takes, then what more there is to say. */
function shownStatus({ status, outcome, outcome_label: label, progress }: JobView): string {
  if (status === 'running') return `running ${Math.round(progress * 100)} %`;
  if (status === 'error') return 'failed';
  if (outcome === 'skipped') return 'skipped';
  return status === 'done' && label ? `done: ${label}` : status;
}

async function remove(api: Api, job: string | undefined, status: Status | undefined): Promise<number> {
  if (status === 'running') throw new AppError('invalid_input', 'Running jobs are not removed; they can be cancelled.');
  if (job !== undefined) return (await api.queue.remove({ job_id: job })).removed;
  if (status === 'done' || status === 'skipped') return (await api.queue.clearCompleted({})).removed;
  if (status === FAILED) return (await api.queue.clearErrors({})).removed;
  const failed = status === undefined ? (await api.queue.clearErrors({})).removed : 0;
  return failed + (await api.queue.clearPending({})).removed;
}

function statusOf(given: unknown): Status | undefined {
  if (given === undefined) return undefined;
  if (given === 'failed' || given === FAILED) return FAILED;
  const status = STATUSES.find((known) => known === given);
  if (!status || status === 'failed')
    throw new AppError('invalid_input', `There is no status "${given}". Known: ${STATUSES.join(', ')}.`);
  return status;
}
