import type { Preview } from '../../../library/calibration/contract';
import type { Api } from '../terminal';
import { type AddCommands, ask, table } from '../terminal';

/** Judging moods by what is usual in one's own library. */
export const addCalibrationCommands: AddCommands = (program, run) => {
  program
    .command('calibrate')
    .description('measure the scores of the library, so that moods are judged by what is usual in it')
    .option('--preview', 'show what it would change')
    .option('--apply', 'put it into force at once; a running Tonearm decides all moods anew')
    .option('--no-write', 'with --apply: leave the files as they are')
    .action(
      run(async (cli, _args, { preview, apply, write }) => {
        const { made, seen, applied } = await ask(cli, async (api) => {
          const made = await api.calibration.generate({});
          const { id } = made.calibration;
          const seen = preview === true ? await api.calibration.preview({ version: id, examples: 1 }) : null;
          const applied = apply === true ? await putIntoForce(api, id, write !== false) : null;
          return { made, seen, applied };
        });
        const { id, librarySize, warning } = made.calibration;
        cli.output.answer({ ...made, preview: seen, applied }, () => [
          `Calibration ${id} of ${librarySize} tracks.`,
          ...(warning ? [warning] : []),
          ...(seen ? linesOf(seen) : []),
          applied ? applied.message : `Put it into force with "nom calibrate --apply", or on the page.`,
        ]);
      }),
    );
};

const putIntoForce = (api: Api, id: number, rewriteTags: boolean) => api.calibration.activate({ id, rewriteTags });

function linesOf({ changed, tracks, moods }: Preview): string[] {
  const rows = moods.map(({ mood, before, after, gains, losses }) => [mood, before, after, gains, losses]);
  return [
    `${changed} of ${tracks} tracks would have other moods.`,
    ...(changed === 0 ? [] : table(['MOOD', 'NOW', 'THEN', 'GAINED', 'LOST'], rows)),
  ];
}
