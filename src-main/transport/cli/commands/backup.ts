import type { BackupView } from '../../../platform/backups/contract';
import { givenPath } from '../../../platform/paths';
import { AppError } from '../../../rpc';
import type { Api } from '../terminal';
import { type AddCommands, ask, type Cli, EXIT, findRunning, table } from '../terminal';

/** Copies of the database, the way back to one, and whether all is sound. */
export const addBackupCommands: AddCommands = (program, run) => {
  const backup = program
    .command('backup')
    .description('copies of the database; one is made each day that Tonearm runs');
  backup
    .command('create', { isDefault: true })
    .description('make one now')
    .action(
      run(async (cli) => {
        const made = await ask(cli, (api) => api.backups.create({}));
        cli.output.answer(made, () => [`${made.name} (${megabytes(made)})`]);
      }),
    );
  backup
    .command('list')
    .description('show them, newest first')
    .action(
      run(async (cli) => {
        const answer = await ask(cli, (api) => api.backups.list({}));
        const rows = answer.items.map((each) => [each.createdAt, each.reason, megabytes(each), each.name]);
        cli.output.answer(answer, () => [...table(['MADE', 'WHY', 'SIZE', 'NAME'], rows), `in ${answer.folder}`]);
      }),
    );
  backup
    .command('remove <name>')
    .description('remove one')
    .action(
      run(async (cli, [name]) => {
        const answer = await ask(cli, (api) => api.backups.remove({ name: name as string }));
        cli.output.answer(answer, () => [`removed: ${answer.removed}`]);
      }),
    );

  program
    .command('restore [backup]')
    .description('put a backup (its name, a file, or "latest") in the place of the database, which is kept aside')
    .option('--empty', 'begin with an empty database; the present one is kept aside')
    .action(
      run(async (cli, [given], { empty }) => {
        if ((given === undefined) !== (empty === true))
          throw new AppError('invalid_input', 'Say which backup: its name, a file, or "latest".');
        if (given !== undefined) givenPath(given as string);
        return restore(cli, (given as string | undefined) ?? null);
      }),
    );

  program
    .command('doctor')
    .description('check the whole database, and say what does not work')
    .action(
      run(async (cli) => {
        const { check, health } = await ask(cli, async (api) => ({
          check: await api.backups.check({}),
          health: await api.health.health({}),
        }));
        const warnings = health.errors;
        cli.output.answer({ ...check, warnings }, () => [
          check.isSound ? `The database is sound (${check.tookMs} ms).` : 'The database is damaged:',
          ...check.problems,
          ...(check.isSound ? [] : ['"nom restore latest" puts the newest good backup in its place.']),
          ...warnings,
        ]);
        return check.isSound ? EXIT.done : EXIT.damaged;
      }),
    );
};

const KEPT = 'Keys, password, sessions and second factor are those of before: a restore brings none back.';
const OF_BACKUP =
  'The database that was in use could not be read: keys, password and second factor are the backup’s, without what the audit log says was revoked since. "nom key list" shows the keys.';

async function restore(cli: Cli, what: string | null): Promise<number> {
  const running = await findRunning(cli.paths);
  if (running) {
    const answer = await restoreRunning(running.api, what);
    cli.output.answer(answer, () => [answer.message]);
    return EXIT.done;
  }
  const { restoreNow } = await import('../../../platform/backups');
  const restored = restoreNow(cli.paths, what);
  cli.output.answer(restored, () => [
    restored.from ? `Restored from ${restored.from}.` : 'The database is empty now.',
    ...(restored.from ? [restored.keepsAccounts ? KEPT : OF_BACKUP] : []),
    ...(restored.keptAs ? [`The database that was in use is kept as ${restored.keptAs}.`] : []),
  ]);
  return EXIT.done;
}

/** A running application looks for the newest sound one itself, and starts again. */
async function restoreRunning(api: Api, what: string | null) {
  const { items } = await api.backups.list({});
  const names = items.map(({ name }) => name).filter((name) => what === 'latest' || name === what);
  for (const name of names) {
    try {
      return await api.backups.restore({ name });
    } catch (thrown) {
      const isLast = name === names.at(-1);
      if (isLast || !(thrown instanceof AppError) || thrown.code !== 'database_damaged') throw thrown;
    }
  }
  if (what === 'latest') throw new AppError('not_found', 'There is no backup yet; "nom backup" makes one.');
  throw new AppError(
    'conflict',
    'Tonearm runs, and restores only its own backups then. End it to restore another file.',
  );
}

function megabytes({ sizeBytes }: Pick<BackupView, 'sizeBytes'>): string {
  return `${(sizeBytes / 1e6).toFixed(1)} MB`;
}
