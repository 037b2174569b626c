import { type Command, Option } from 'commander';
import { AppError } from '../../../rpc';
import { type AddCommands, ask, askSecret, type Cli, EXIT, findRunning } from '../terminal';

const PASSWORD_ACTIONS = ['show', 'verify', 'reset'] as const;
type PasswordAction = (typeof PASSWORD_ACTIONS)[number];

/** The commands by which Nomarr's documents manage password and key. */
export const addManageCommands: AddCommands = (program, run) => {
  withFlags(program.command('manage-password [action]'))
    .description('the password of the page: show whether one is set, verify one, or reset it')
    .action(
      run(async (cli, [action], options) => {
        switch (passwordAction(action, options)) {
          case 'show':
            return showPassword(cli);
          case 'verify':
            return verifyPassword(cli);
          case 'reset':
            return resetPassword(cli);
        }
      }),
    );

  program
    .command('manage-key')
    .description('the API key for scripts: whether there is one, or a new one, which is shown this once')
    .addOption(new Option('--show', 'whether there is one, and its last four characters').conflicts('generate'))
    .option('--generate', 'make it anew; the old one ends')
    .action(run((cli, _args, { generate }) => (generate === true ? generateKey(cli) : showKey(cli))));

  program
    .command('recover-internal-key')
    .description('tell about the secret by which this command speaks to a running Tonearm')
    .option('--force', 'do not ask; there is nothing to lose')
    .action(run((cli) => recoverInternalKey(cli)));

  program
    .command('cache-refresh')
    .description('look into the models folders again and load the models anew')
    .action(
      run(async (cli) => {
        const answer = await ask(cli, (api) => api.nomarr.refreshCache({}));
        cli.output.answer(answer, () => [`${answer.predictors} heads are ready to analyze`]);
        return EXIT.done;
      }),
    );
};

/** The older `--show` says the same as `show`. */
function withFlags(command: Command): Command {
  for (const action of PASSWORD_ACTIONS) command.option(`--${action}`, `the same as "${action}"`);
  return command;
}

function passwordAction(given: unknown, options: Record<string, unknown>): PasswordAction {
  const flags = PASSWORD_ACTIONS.filter((action) => options[action] === true);
  const wanted = given === undefined ? flags : [given as string, ...flags];
  const [action] = wanted.length === 1 ? PASSWORD_ACTIONS.filter((each) => each === wanted[0]) : [];
  if (action) return action;
  throw new AppError('invalid_input', `Say one of: ${PASSWORD_ACTIONS.join(', ')}.`);
}

async function showPassword(cli: Cli): Promise<number> {
  const { hasPassword } = await ask(cli, (api) => api.auth.state({}));
  cli.output.answer({ is_set: hasPassword }, () => [
    hasPassword ? 'A password is set. Only its hash is stored, so it cannot be shown.' : 'No password is set.',
  ]);
  return EXIT.done;
}

async function verifyPassword(cli: Cli): Promise<number> {
  const password = await askSecret('Password: ');
  const { isRight } = await ask(cli, (api) => api.auth.verifyPassword({ password }));
  cli.output.answer({ is_right: isRight }, () => [isRight ? 'This is the password.' : 'This is not the password.']);
  return isRight ? EXIT.done : EXIT.failed;
}

async function resetPassword(cli: Cli): Promise<number> {
  const password = await askSecret('New password: ');
  if (process.stdin.isTTY && (await askSecret('Once more: ')) !== password)
    throw new AppError('invalid_input', 'The two are not the same; nothing was changed.');
  const answer = await ask(cli, (api) => api.auth.setPassword({ password }));
  cli.output.answer(answer, () => ['The password is set. Who was logged in has to log in again.']);
  return EXIT.done;
}

async function showKey(cli: Cli): Promise<number> {
  const answer = await ask(cli, (api) => api.auth.mainKey({}));
  cli.output.answer(answer, () => [
    answer.exists
      ? `There is a key that ends in ${answer.api_key}. Only its hash is stored; --generate makes another.`
      : 'There is no key yet; --generate makes one.',
  ]);
  return EXIT.done;
}

async function generateKey(cli: Cli): Promise<number> {
  const answer = await ask(cli, (api) => api.auth.regenerateMainKey({}));
  cli.output.answer(answer, () => [answer.api_key]);
  if (!cli.output.isJson) cli.output.note('It is not shown again; send it as "Authorization: Bearer".');
  return EXIT.done;
}

/** Every start makes this secret anew, so what Nomarr recovered by hand is recovered by starting. */
async function recoverInternalKey(cli: Cli): Promise<number> {
  const running = await findRunning(cli.paths);
  cli.output.answer({ is_running: running !== undefined, file: cli.paths.instanceFile }, () => [
    running
      ? `Tonearm runs at ${running.address} and takes the secret in ${cli.paths.instanceFile}. There is nothing to recover.`
      : `Tonearm does not run, and needs no secret then. Each start writes a new one to ${cli.paths.instanceFile}.`,
  ]);
  return EXIT.done;
}
