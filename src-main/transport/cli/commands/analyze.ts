import { Option } from 'commander';
import type { Descriptors } from '../../../analysis/audio';
import type { analysisJson, LoadedModels, ModelSet, Preset } from '../../../analysis/inference';
import { givenPath } from '../../../platform/paths';
import { toFailure } from '../../../rpc';
import type { AddCommands, Cli } from '../terminal';
import { EXIT, onInterrupt } from '../terminal';

type Inference = typeof import('../../../analysis/inference');

type UnsureOf = typeof import('../../../library/tracks')['unsureOf'];

interface LoadedSet {
  readonly inference: Inference;
  readonly unsureOf: UnsureOf;
  readonly models: LoadedModels;
  readonly set: ModelSet;
  readonly preset: Preset;
}

/** `nom analyze`: listens and prints, and leaves no trace: no library is opened and no file changed. */
export const addAnalyzeCommand: AddCommands = (program, run) => {
  program
    .command('analyze <files...>')
    .description('analyze files and print the result; opens no library, writes nothing')
    .addOption(
      new Option('--preset <preset>', 'how densely to analyze')
        .choices(['precise', 'balanced', 'fast'])
        .default('precise'),
    )
    .action(
      run(async (cli, [given], { preset }) => {
        const files = (given as string[]).map((file) => ({ file, path: givenPath(file) }));
        const inference = await import('../../../analysis/inference');
        const { unsureOf } = await import('../../../library/tracks');
        const set = installedIn(inference, [...cli.paths.extraModels, cli.paths.models]);
        if (set.backbones.length === 0)
          cli.output.note('No models were found, so only loudness, tempo and key are told. See "nom models".');
        else inference.loadRuntime();
        const models = await inference.loadModels(set);
        for (const problem of models.problems) cli.output.note(problem);
        const interrupted = onInterrupt();
        let failed = 0;
        for (const each of files) {
          if (interrupted.signal.aborted) return EXIT.interrupted;
          failed += await analyzeOne(
            cli,
            each,
            { inference, unsureOf, models, set, preset: preset as Preset },
            interrupted.signal,
          );
        }
        return failed > 0 ? EXIT.failed : EXIT.done;
      }),
    );
};

/** The models of several folders, the first counting most. */
function installedIn({ createModelStore }: Inference, [first, ...others]: readonly string[]): ModelSet {
  return createModelStore({ folders: [first, ...others] }).current();
}

/** Prints one line of JSON, or some for people; gives 1 when the file could not be analyzed. */
async function analyzeOne(
  cli: Cli,
  { file, path }: { file: string; path: string },
  { inference, unsureOf, models, set, preset }: LoadedSet,
  signal: AbortSignal,
): Promise<number> {
  try {
    const version = inference.analysisVersion(preset, set);
    const options = { preset, descriptors: true, minDurationS: 0 };
    const analysis = await inference.analyzeFile(path, { ...options, models, version, signal });
    const analyzed = inference.analysisJson(file, analysis);
    cli.output.answer(analyzed, () => [
      `${file}: ${analyzed.duration_s.toFixed(1)} s${remarkOn(analyzed)}`,
      ...Object.entries(analyzed.heads).map(([head, labels]) => `  ${head.padEnd(28)}${strongest(labels)}`),
      ...(analyzed.descriptors ? measured(analyzed.descriptors, unsureOf(analyzed.descriptors)) : []),
    ]);
    return 0;
  } catch (thrown) {
    const { code, message } = toFailure(thrown);
    // This command has no log that could have the details.
    if (code === 'internal')
      cli.output.note(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    cli.output.answer({ path: file, error: message, code }, () => []);
    if (!cli.output.isJson) cli.output.note(`${file}: ${message}`);
    return 1;
  }
}

/** What is unusual about how a file was decoded. */
function remarkOn(analyzed: ReturnType<typeof analysisJson>): string {
  const { duration_s: seconds, expected_s: expected } = analyzed;
  const share = expected !== null && expected > seconds ? `, the file promises ${expected.toFixed(1)} s` : '';
  return (
    (analyzed.is_truncated ? ` (incomplete${share})` : '') +
    (analyzed.decoded_by === 'builtin' ? '' : ` (decoded by ${analyzed.decoded_by})`)
  );
}

function strongest(labels: Record<string, { mean: number }>): string {
  return Object.entries(labels)
    .sort(([, a], [, b]) => b.mean - a.mean)
    .slice(0, 3)
    .map(([label, { mean }]) => `${label} ${mean.toFixed(3)}`)
    .join(', ');
}

/** Loudness, tempo and key for people; what was not found is left out. */
function measured(
  { loudnessLufs, truePeakDbtp, bpm, key, scale }: Descriptors,
  unsure: ReturnType<UnsureOf>,
): string[] {
  const tempoDoubt = unsure.includes('tempo') ? ', unsure: may be half or double' : '';
  const keyDoubt = unsure.includes('key') ? ', unsure: may be a related key' : '';
  const lines = [
    ['loudness', loudnessLufs !== null && `${loudnessLufs.toFixed(1)} LUFS`],
    ['true peak', truePeakDbtp !== null && `${truePeakDbtp.toFixed(1)} dBTP`],
    ['tempo', bpm !== null && `${bpm.toFixed(1)} BPM${tempoDoubt}`],
    ['key', key !== null && `${key} ${scale}${keyDoubt}`],
  ] as const;
  return lines.flatMap(([name, value]) => (value ? [`  ${name.padEnd(28)}${value}`] : []));
}
