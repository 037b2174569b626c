import type { ModelInfo } from '../../../analysis/inference/contract';
import { givenPath } from '../../../platform/paths';
import { AppError } from '../../../rpc';
import { type AddCommands, ask, confirm, EXIT, table } from '../terminal';

/** The models that listen: what there is, and getting more. */
export const addModelCommands: AddCommands = (program, run) => {
  const models = program.command('models').description('the models that analyze');

  models
    .command('list', { isDefault: true })
    .description('show the models that are installed, and those that can be')
    .action(
      run(async (cli) => {
        const answer = await ask(cli, (api) => api.models.list({}));
        cli.output.answer(answer, () => [
          ...table(
            ['STATE', 'BACKBONE', 'KIND', 'SUM', 'NAME'],
            answer.models.map((model) => [model.state, model.backbone, model.kind, sumOf(model), model.name]),
          ),
          ...warningsOf(answer.models),
          ...(answer.unavailable ? [answer.unavailable] : []),
        ]);
      }),
    );

  models
    .command('install <name>')
    .description('download a model, or all of a backbone, from its publisher')
    .option('--accept-licence', 'I have read the licence and agree to it')
    .action(
      run(async (cli, [name], { acceptLicence }) => {
        const answer = await ask(cli, async (api) => {
          const { licence, publisher } = await api.models.list({});
          const question = `The models of ${publisher} are under ${licence.name} (${licence.url}). ${licence.summary} Accept?`;
          if (acceptLicence !== true && !(await confirm(question)))
            throw new AppError(
              'conflict',
              `Nothing was downloaded. --accept-licence accepts ${licence.name}: ${licence.url}`,
            );
          cli.output.note('Downloading; this may take some minutes …');
          return api.models.install({ name: name as string, acceptLicence: true });
        });
        cli.output.answer(answer, () => [`installed: ${answer.installed.join(', ') || 'it was all there'}`]);
      }),
    );

  models
    .command('import <folder>')
    .description('copy the models of a folder that is laid out as ours is')
    .action(
      run(async (cli, [folder]) => {
        const wanted = { folder: givenPath(folder as string) };
        const answer = await ask(cli, (api) => api.models.import(wanted));
        cli.output.answer(answer, () => [
          `imported: ${answer.imported.join(', ') || 'none'}`,
          ...answer.refused.map(({ name, reason }) => `${name}: ${reason}`),
        ]);
        return answer.refused.length > 0 ? EXIT.failed : EXIT.done;
      }),
    );

  models
    .command('remove <name>')
    .description('delete a model, or all of a backbone')
    .action(
      run(async (cli, [name]) => {
        const answer = await ask(cli, (api) => api.models.remove({ name: name as string }));
        cli.output.answer(answer, () => [`removed: ${answer.removed.join(', ')}`]);
      }),
    );
};

const SUM_WORDS = { verified: 'verified', unverified: 'not known', differs: 'differs' } as const;

const sumOf = ({ verification }: ModelInfo): string => (verification ? SUM_WORDS[verification] : '');

/** Each file that is not what it should be by a sentence; those that cannot be told by one together. */
function warningsOf(models: readonly ModelInfo[]): string[] {
  const installed = models.filter(({ state, warning }) => state !== 'available' && warning);
  const unknown = installed.filter(({ verification }) => verification === 'unverified').length;
  return [
    ...installed
      .filter(({ verification }) => verification === 'differs')
      .map(({ name, warning }) => `${name}: ${warning}`),
    ...(unknown > 0
      ? [
          `Of ${unknown} installed ${unknown === 1 ? 'file' : 'files'} the publisher’s sum is not known. "nom models list --json" tells what they have; compare it with a copy from elsewhere.`,
        ]
      : []),
  ];
}
