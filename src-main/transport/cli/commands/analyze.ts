import { Option } from 'commander';
import type { Descriptors } from '../../../analysis/audio';
import {
  analysisJson,
  analysisVersion,
  analyzeFile,
  createModelStore,
  type LoadedModels,
  loadModels,
  loadRuntime,
  type ModelSet,
  PRESETS,
  type Preset,
} from '../../../analysis/inference';
import { givenPath } from '../../../platform/paths';
import { toFailure } from '../../../rpc';
import type { AddCommands, Cli } from '../terminal';
import { EXIT, onInterrupt } from '../terminal';

interface LoadedSet {
  readonly models: LoadedModels;
  readonly set: ModelSet;
  readonly preset: Preset;
}

/** `nom analyze`: listens and prints, and leaves no trace: no library is opened and no file changed. */
export const addAnalyzeCommand: AddCommands = (program, run) => {
  program
    .command('analyze <files...>')
    .description('analyze files and print the result; opens no library, writes nothing')
    .addOption(new Option('--preset <preset>', 'how densely to analyze').choices([...PRESETS]).default('precise'))
    .action(
      run(async (cli, [given], { preset }) => {
        const files = (given as string[]).map((file) => ({ file, path: givenPath(file) }));
        const set = installedIn([...cli.paths.extraModels, cli.paths.models]);
        if (set.backbones.length === 0)
          cli.output.note('No models were found, so only loudness, tempo and key are told. See "nom models".');
        else loadRuntime();
        const models = await loadModels(set);
        for (const problem of models.problems) cli.output.note(problem);
        const interrupted = onInterrupt();
        let failed = 0;
        for (const each of files) {
          if (interrupted.signal.aborted) return EXIT.interrupted;
          failed += await analyzeOne(cli, each, { models, set, preset: preset as Preset }, interrupted.signal);
        }
        return failed > 0 ? EXIT.failed : EXIT.done;
      }),
    );
};

/** The models of several folders, the first counting most. */
function installedIn([first, ...others]: readonly string[]): ModelSet {
  return createModelStore({ folders: [first, ...others] }).current();
}

/** Prints one line of JSON, or some for people; gives 1 when the file could not be analyzed. */
async function analyzeOne(
  cli: Cli,
  { file, path }: { file: string; path: string },
  { models, set, preset }: LoadedSet,
  signal: AbortSignal,
): Promise<number> {
  try {
    const version = analysisVersion(preset, set);
    const options = { preset, descriptors: true, minDurationS: 0 };
    const analyzed = analysisJson(file, await analyzeFile(path, { ...options, models, version, signal }));
    cli.output.answer(analyzed, () => [
      `${file}: ${analyzed.duration_s.toFixed(1)} s${remarkOn(analyzed)}`,
      ...Object.entries(analyzed.heads).map(([head, labels]) => `  ${head.padEnd(28)}${strongest(labels)}`),
      ...(analyzed.descriptors ? measured(analyzed.descriptors) : []),
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
function measured({ loudnessLufs, truePeakDbtp, bpm, key, scale }: Descriptors): string[] {
  const lines = [
    ['loudness', loudnessLufs !== null && `${loudnessLufs.toFixed(1)} LUFS`],
    ['true peak', truePeakDbtp !== null && `${truePeakDbtp.toFixed(1)} dBTP`],
    ['tempo', bpm !== null && `${bpm.toFixed(1)} BPM`],
    ['key', key !== null && `${key} ${scale}`],
  ] as const;
  return lines.flatMap(([name, value]) => (value ? [`  ${name.padEnd(28)}${value}`] : []));
}
