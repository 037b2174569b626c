import { type AddCommands, ask, EXIT, table } from '../terminal';

/** The owner's account: how its log-in is guarded, who is logged in, and the way out for who is locked out. */
export const addUserCommands: AddCommands = (program, run) => {
  const user = program.command('user').description('how the log-in to the page is guarded, and who is logged in');

  user
    .command('show', { isDefault: true })
    .description('whether password, second factor and passkeys are set, and the sessions')
    .action(
      run(async (cli) => {
        const answer = await ask(cli, async (api) => ({
          ...(await api.auth.account({})),
          sessions: (await api.auth.listSessions({})).items,
        }));
        cli.output.answer(answer, () => [
          `password: ${answer.hasPassword ? 'set' : 'not set'}`,
          `authenticator app: ${answer.authenticatorSince ? `since ${answer.authenticatorSince}` : 'none'}`,
          `recovery codes left: ${answer.recoveryCodesLeft}`,
          ...answer.passkeys.map(({ name, host }) => `passkey: ${name} (${host})`),
          ...table(
            ['SESSION', 'SINCE', 'LAST USED', 'FROM', 'WITH'],
            answer.sessions.map((each) => [each.id, each.createdAt, each.lastUsedAt, each.address, each.userAgent]),
          ),
        ]);
      }),
    );

  user
    .command('reset-second-factor')
    .description('remove authenticator app, recovery codes and passkeys: the password alone opens the page then')
    .action(
      run(async (cli) => {
        const answer = await ask(cli, (api) => api.auth.resetSecondFactor({}));
        const { hadAuthenticator, passkeys } = answer;
        cli.output.answer(answer, () => [
          hadAuthenticator ? 'The second factor is off.' : 'There was no second factor.',
          ...(passkeys > 0 ? [`Passkeys removed: ${passkeys}.`] : []),
        ]);
      }),
    );

  user
    .command('end-sessions')
    .description('log out everybody who is logged in to the page')
    .action(
      run(async (cli) => {
        const answer = await ask(cli, (api) => api.auth.endOtherSessions({}));
        cli.output.answer(answer, () => [`sessions ended: ${answer.ended}`]);
        return EXIT.done;
      }),
    );
};
