#!/usr/bin/env node
/**
 * Measures the source, tests left out, and refuses what is too long to be read at once, `any`, and warnings that were
 * silenced. Part of `npm run check`; `--list` names the longest of each.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const LIMITS = { functionP95: 30, functionMax: 120, fileP95: 180 };

/** Files with a function that is still longer than that, to be split by what it owns. None may be added. */
export const STILL_LONG = new Set([]);

const SUPPRESSION = /biome-ignore|@ts-ignore|@ts-expect-error|@ts-nocheck|eslint-disable/;
/** How many `--list` names. */
const NAMED_LONGEST = 20;
const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/**
 * @param {string} file its name, which tells whether it holds JSX
 * @param {string} text
 * @returns {{ lines: number, functions: { line: number, lines: number }[], faults: string[] }} functions with all that
 *   they hold, so that one which builds a service counts with its closures; a fault has the number of its line
 */
export function measure(file, text) {
  const { program, comments, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const lineAt = lineFinder(text);
  const functions = [];
  const faults = [];
  const note = ({ start, end }) => functions.push({ line: lineAt(start), lines: lineAt(end - 1) - lineAt(start) + 1 });
  const visitor = Object.fromEntries(FUNCTIONS.map((type) => [type, note]));
  new Visitor({ ...visitor, TSAnyKeyword: ({ start }) => faults.push(`${lineAt(start)}: any`) }).visit(program);
  for (const { value, start } of comments) {
    const [silenced] = SUPPRESSION.exec(value) ?? [];
    if (silenced) faults.push(`${lineAt(start)}: ${silenced}`);
  }
  return { lines: lineAt(text.trimEnd().length), functions, faults };
}

/**
 * @param {ReadonlyMap<string, string>} sources path → text
 * @returns {{ figures: string, violations: string[], longest: string[], settled: string[] }} `settled` are files that
 *   need not stand in `STILL_LONG` any more
 */
export function judge(sources) {
  const files = [...sources].map(([file, text]) => ({ file, ...measure(file, text) }));
  const functions = files.flatMap(({ file, functions: found }) => found.map((each) => ({ file, ...each })));
  const [functionP95, fileP95] = [percentile(functions), percentile(files)];
  const tooLong = functions.filter(({ file, lines }) => lines > LIMITS.functionMax && !STILL_LONG.has(file));
  const violations = [
    ...files.flatMap(({ file, faults }) => faults.map((fault) => `${file}:${fault}`)),
    ...tooLong.sort(byLines).map((each) => `${told(each)}, ${LIMITS.functionMax} are allowed`),
    ...(functionP95 > LIMITS.functionP95 ? [`95 of 100 functions may have ${LIMITS.functionP95} lines`] : []),
    ...(fileP95 > LIMITS.fileP95 ? [`95 of 100 files may have ${LIMITS.fileP95} lines`] : []),
  ];
  const [longest] = [...functions].sort(byLines);
  const isLong = (path) => functions.some(({ file, lines }) => file === path && lines > LIMITS.functionMax);
  return {
    figures:
      `${functions.length} functions, 95 % up to ${functionP95} lines, the longest ${longest?.lines ?? 0}; ` +
      `${files.length} files, 95 % up to ${fileP95} lines`,
    violations,
    longest: [...functions].sort(byLines).map(told).slice(0, NAMED_LONGEST),
    settled: [...STILL_LONG].filter((path) => !isLong(path)),
  };
}

const told = ({ file, line, lines }) => `${file}:${line}: a function of ${lines} lines`;
const byLines = (a, b) => b.lines - a.lines;

/** By nearest rank. */
function percentile(measured) {
  const sorted = measured.map(({ lines }) => lines).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(0.95 * sorted.length) - 1)] ?? 0;
}

/** Offset in a text → number of its line, from 1. */
function lineFinder(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

function sourcesOf() {
  const names = globSync('src-*/**/*.{ts,tsx}', { cwd: ROOT }).map((name) => name.replaceAll('\\', '/'));
  const ours = names.filter((name) => !/\.(test|fixture)\.tsx?$|\/test-server\.ts$|\.d\.ts$/.test(name)).sort();
  return new Map(ours.map((name) => [name, readFileSync(join(ROOT, name), 'utf8')]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { figures, violations, longest, settled } = judge(sourcesOf());
  for (const violation of violations) console.error(violation);
  for (const path of settled) console.log(`${path} can leave STILL_LONG in build/house/sizes.mjs`);
  if (process.argv.includes('--list')) for (const line of longest) console.log(line);
  console.log(`${figures}; ${violations.length} violations`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
