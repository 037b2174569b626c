import { setTimeout } from 'node:timers/promises';
import type { VerificationView } from '../../../files/verify/contract';
import { AppError } from '../../../rpc';
import type { AddCommands, Api, Cli } from '../terminal';
import { EXIT, onInterrupt, table } from '../terminal';

const POLL_MS = 400;

/** Whether the files are as we left them. */
export const addVerifyCommand: AddCommands = (program, run) => {
  program
    .command('verify')
    .description('read every file that was ever written again, and compare it with the journal')
    .option('--library <id>', 'only the files of this library')
    .action(run((cli, _args, { library }) => verify(cli, library as string | undefined)));
};

async function verify(cli: Cli, library: string | undefined): Promise<number> {
  const connection = await cli.connect();
  try {
    const { api, isRemote } = connection;
    const wanted = { library_id: library };
    // Where no application runs, the queue rests: only this is done.
    const found = await (isRemote
      ? follow(cli, api, (await api.verification.start(wanted)).job_id)
      : api.verification.run(wanted));
    cli.output.answer(found, () => linesOf(found));
    const { replaced, damaged, missing, unreadable } = found.counts;
    return replaced + damaged + missing + unreadable > 0 ? EXIT.failed : EXIT.done;
  } finally {
    await connection.close();
  }
}

/** Waits for the job; Ctrl+C cancels it. */
async function follow(cli: Cli, api: Api, jobId: number): Promise<VerificationView> {
  const interrupted = onInterrupt();
  try {
    for (;;) {
      const job = await api.queue.get({ job_id: jobId });
      if (job.status === 'error') throw new AppError('internal', job.error_message ?? 'The files could not be read.');
      if (job.outcome === 'skipped') throw new AppError('cancelled', 'Cancelled; nothing was found out.');
      if (job.status === 'done') return (await api.verification.latest({ job_id: jobId })).verification!;
      if (interrupted.signal.aborted) await api.queue.cancel({ job_id: jobId });
      if (cli.output.isTerminal) cli.output.stderr.write(`\r${Math.round(job.progress * 100)} %  `);
      await setTimeout(POLL_MS);
    }
  } finally {
    if (cli.output.isTerminal) cli.output.stderr.write('\r');
    interrupted.release();
  }
}

function linesOf({ files, bytes, counts, findings, startedAt, endedAt }: VerificationView): string[] {
  const seconds = Math.max(0.001, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
  const { intact, retagged, replaced, damaged, missing, unreadable } = counts;
  const rows = findings.map(({ verdict, path }) => [verdict, path]);
  const sum = `${intact} as we left them + ${retagged} tagged by others since, same audio + ${replaced} replaced + ${damaged} damaged + ${missing} missing + ${unreadable} unreadable`;
  return [
    ...(rows.length > 0 ? table(['WHAT', 'FILE'], rows) : []),
    `${files} files = ${sum}`,
    `${(bytes / 1e9).toFixed(2)} GB in ${seconds.toFixed(1)} s`,
  ];
}
