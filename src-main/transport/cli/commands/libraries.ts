import type { Library } from '../../../library/libraries/contract';
import { givenPath } from '../../../platform/paths';
import { type AddCommands, ask, EXIT, remarkOn, scanNow, table } from '../terminal';

/** Library folders, and a summary of everything. */
export const addLibraryCommands: AddCommands = (program, run) => {
  const libraries = program.command('libraries').description('the folders with music');

  libraries
    .command('list', { isDefault: true })
    .description('show the library folders')
    .action(
      run(async (cli) => {
        const items = await ask(cli, (api) => api.libraries.list({}));
        cli.output.answer(items, () => table(['ID', 'TRACKS', 'STATE', 'FOLDER'], items.map(rowOf)));
      }),
    );

  libraries
    .command('add <folder>')
    .description('add a folder as a library')
    .option('--name <name>')
    .action(
      run(async (cli, [folder], { name }) => {
        const wanted = { root_path: givenPath(folder as string), name: name as string | undefined };
        const library = await ask(cli, (api) => api.libraries.add(wanted));
        cli.output.answer(library, () => [`Library ${library.id}: ${library.root_path}`]);
      }),
    );

  libraries
    .command('remove <id>')
    .description('forget a library and its analyses; its files are kept')
    .action(
      run(async (cli, [id]) => {
        const answer = await ask(cli, (api) => api.libraries.remove({ id: id as string }));
        cli.output.answer(answer, () => [`${answer.removedTracks} tracks forgotten; their files are as they were`]);
      }),
    );

  libraries
    .command('scan <id>')
    .description('look for new, changed, moved and missing files')
    .option('--accept-missing', 'yes, the many files that are not there any more are gone: mark them missing')
    .action(
      run(async (cli, [id], { acceptMissing }) => {
        const connection = await cli.connect();
        try {
          await connection.recover();
          const library = await scanNow(connection.api, Number(id), { acceptMissing: acceptMissing === true });
          const remark = remarkOn(library);
          cli.output.answer(library, () => [`${library.trackCount} tracks, ${library.missingCount} missing`]);
          if (library.passedOver) cli.output.note(library.passedOver);
          if (remark === null) return EXIT.done;
          cli.output.note(remark);
          return library.state === 'guarded' ? EXIT.unanswered : EXIT.failed;
        } finally {
          await connection.close();
        }
      }),
    );

  program
    .command('info')
    .description('version, models, queue and workers')
    .action(
      run(async (cli) => {
        const info = await ask(cli, (api) => api.health.info({}));
        const { pending, running, done, error } = info.queue.counts;
        cli.output.answer({ ...info, data: cli.paths.data }, () => [
          `Tonearm ${info.version}`,
          `data    ${cli.paths.data}`,
          `models  ${info.models.embeddings.join(', ') || 'none'}, ${info.models.total_heads} heads`,
          `queue   ${pending} waiting, ${running} running, ${done} done, ${error} failed`,
        ]);
      }),
    );
};

const rowOf = (library: Library) => [library.id, library.trackCount, library.state, library.root_path];
