import { statSync } from 'node:fs';
import type { UndoSummary } from '../../../library/tagging/contract';
import { givenPath } from '../../../platform/paths';
import { AppError } from '../../../rpc';
import type { Api } from '../terminal';
import { type AddCommands, ask, EXIT, table } from '../terminal';

/** What stands in files: show it, and take our changes back. */
export const addTagCommands: AddCommands = (program, run) => {
  program
    .command('show-tags <path>')
    .description('show our tags in a file')
    .action(
      run(async (cli, [path]) => {
        const wanted = { path: givenPath(path as string) };
        const shown = await ask(cli, (api) => api.tagging.show(wanted));
        cli.output.answer(shown, () =>
          shown.count === 0
            ? [`No ${shown.namespace}: tags in this file.`]
            : table(
                ['TAG', 'VALUE'],
                Object.entries(shown.tags).map(([name, value]) => [name, [value].flat().join('; ')]),
              ),
        );
      }),
    );

  program
    .command('remove-tags <files...>')
    .description('take our tags out of files; "nom undo FILE" puts them back')
    .option('--nomarr', 'only those that Nomarr wrote')
    .action(
      run(async (cli, [files], { nomarr }) => {
        const only = nomarr === true ? 'nomarr' : 'all';
        const wanted = (files as string[]).map(givenPath);
        const handlers = await ask(cli, async (api) => {
          const removed = [];
          for (const path of wanted) removed.push(await api.tagging.remove({ path, only }));
          return removed;
        });
        for (const answer of handlers) cli.output.answer(answer, () => [`${answer.path}: ${answer.removed} removed`]);
      }),
    );

  program
    .command('take-over <file-or-library>')
    .description('make scores and moods of what Nomarr wrote: of one file, or of the library with this number')
    .action(
      run(async (cli, [target]) => {
        const isLibrary = /^\d+$/.test(target as string) && !isFile(target as string);
        const wanted = isLibrary ? { library: target as string } : { path: givenPath(target as string) };
        const answer = await ask(cli, (api) => api.tagging.takeOver(wanted));
        cli.output.answer(answer, () => [`${answer.taken} taken over, ${answer.left} left`]);
      }),
    );

  program
    .command('undo [job-or-file]')
    .description('put back what a job changed, or take back the last change to a file')
    .option('--run <number>', 'put back all that one "nom run" changed; it tells its number in the end')
    .action(
      run(async (cli, [target], { run: number }) => {
        if ((target === undefined) === (number === undefined))
          throw new AppError('invalid_input', 'Say what: a file, the number of a job, or --run with its number.');
        if (target !== undefined) givenPath(target as string);
        const result = await ask(cli, (api) => undo(api, target as string | undefined, number as string));
        cli.output.answer(result, () => linesOf(result));
        return result.refused.length > 0 || result.undone === 0 ? EXIT.failed : EXIT.done;
      }),
    );
};

function undo(api: Api, target: string | undefined, run: string): Promise<UndoSummary> {
  if (target === undefined) return api.tagging.undoBatch({ batch_id: run });
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory()) {
    throw new AppError('invalid_input', `${target} is a folder. Name a file, a job, or --run with its number.`);
  }
  if (/^\d+$/.test(target) && !isFile(target)) return api.tagging.undoJob({ job_id: target });
  return api.tagging.undoFile({ path: givenPath(target) });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function linesOf({ undone, refused }: UndoSummary): string[] {
  if (undone === 0 && refused.length === 0)
    return ['There is nothing to put back: it changed no file, or all of them were put back already.'];
  const files = (count: number) => (count === 1 ? '1 file' : `${count} files`);
  const left = refused.length > 0 ? `, ${files(refused.length)} left as they are` : '';
  return [...refused.map(({ path, message }) => `${path}: ${message}`), `${files(undone)} put back${left}`];
}
