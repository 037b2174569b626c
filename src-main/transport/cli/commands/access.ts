import type { KeyScope } from '../../../platform/auth/contract';
import { AppError } from '../../../rpc';
import { type AddCommands, ask, askSecret, EXIT, table } from '../terminal';

/** Keys for programs, the password for people, and a link that opens the page. */
export const addAccessCommands: AddCommands = (program, run) => {
  const key = program.command('key').description('API keys for programs');

  key
    .command('list', { isDefault: true })
    .description('show the keys by their last four characters')
    .action(
      run(async (cli) => {
        const answer = await ask(cli, (api) => api.auth.listKeys({}));
        cli.output.answer(answer, () =>
          table(
            ['ID', 'KEY', 'SCOPE', 'LAST USED', 'NAME'],
            answer.items.map((each) => [each.id, `…${each.lastFour}`, each.scope, each.lastUsedAt ?? '-', each.name]),
          ),
        );
      }),
    );

  key
    .command('create [name]')
    .description('make a key and show it this once')
    .option('--scope <scope>', 'full, read or webhook', 'full')
    .action(
      run(async (cli, [name], { scope }) => {
        const wanted = { name: (name as string | undefined) ?? 'nom', scope: scope as KeyScope };
        const answer = await ask(cli, (api) => api.auth.createKey(wanted));
        cli.output.answer(answer, () => [answer.key]);
        if (!cli.output.isJson)
          cli.output.note('It is not shown again; send it as "X-Api-Key" or "Authorization: Bearer".');
      }),
    );

  key
    .command('revoke <id>')
    .description('revoke a key')
    .action(
      run(async (cli, [id]) => {
        const answer = await ask(cli, (api) => api.auth.revokeKey({ id: id as string }));
        cli.output.answer(answer, () => [answer.revoked ? 'revoked' : `There is no key ${id}.`]);
        return answer.revoked ? EXIT.done : EXIT.failed;
      }),
    );

  program
    .command('password')
    .description('the password of the page')
    .command('set', { isDefault: true })
    .description('set it; asks on a terminal, else reads a line from standard input')
    .action(
      run(async (cli) => {
        const password = await askSecret('New password: ');
        if (process.stdin.isTTY && (await askSecret('Once more: ')) !== password)
          throw new AppError('invalid_input', 'The two are not the same; nothing was changed.');
        const answer = await ask(cli, (api) => api.auth.setPassword({ password }));
        cli.output.answer(answer, () => ['The password is set. Who was logged in has to log in again.']);
      }),
    );
};
