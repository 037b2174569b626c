/**
 * Compares every file that ships as machine code or WebAssembly with the sum in `prebuilt.sums`. The lockfile's sums hold
 * for packages as they are fetched; these hold for what lies in `node_modules` and is loaded. `--write` writes the sums
 * anew, which is what a deliberate change of version ends with; else it ends with 1 where a file is missing, new or another.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SUMS = join(ROOT, 'build/prebuilt.sums');

const MACHINE_CODE = /\.(node|so(\.\d+)*|dylib|dll|exe|wasm)$/;
const SCRIPT = /\.[cm]?js$/;

/** What packages hold as machine code, and the scripts that carry WebAssembly in their text; paths with slashes. */
export function prebuiltFiles(root = ROOT) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, entry]) => path && !entry.dev && !entry.devOptional && !entry.optional)
    .flatMap(([path]) => filesOf(join(root, path)).map((file) => relative(root, file).split(sep).join('/')))
    .filter((file) => MACHINE_CODE.test(file) || (SCRIPT.test(file) && carriesWebAssembly(join(root, file))))
    .sort();
}

function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesOf(join(folder, entry.name));
    return [join(folder, entry.name)];
  });
}

const carriesWebAssembly = (file) => readFileSync(file, 'latin1').includes('WebAssembly');

/** One line a file: SHA-256 and path, as `sha256sum` writes and checks it. */
export function sumsOf(files, root = ROOT) {
  return files.map(
    (file) =>
      `${createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest('hex')}  ${file}`,
  );
}

/** What differs between two lists of sums, a sentence for each file. */
export function compareSums(expected, found) {
  const byFile = (lines) => new Map(lines.filter(Boolean).map((line) => [line.slice(66), line.slice(0, 64)]));
  const [known, here] = [byFile(expected), byFile(found)];
  return [...new Set([...known.keys(), ...here.keys()])].sort().flatMap((file) => {
    if (!here.has(file)) return [`${file} is missing`];
    if (!known.has(file)) return [`${file} is new: nobody has looked at it`];
    return known.get(file) === here.get(file) ? [] : [`${file} is not what its sum says: ${here.get(file)}`];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = sumsOf(prebuiltFiles());
  if (process.argv.includes('--write')) writeFileSync(SUMS, `${found.join('\n')}\n`);
  const differences = compareSums(readFileSync(SUMS, 'utf8').split('\n'), found);
  for (const line of differences) console.error(line);
  if (differences.length === 0) console.log(`${found.length} prebuilt files are as their sums say`);
  process.exitCode = differences.length > 0 ? 1 : 0;
}
