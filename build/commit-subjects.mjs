/**
 * Checks the subjects of commits: `area: what changed`, at most 72 characters, so that the changelog can be made from
 * them. `node build/commit-subjects.mjs main..HEAD` names those that are not and ends with 1.
 */
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MAX_LENGTH = 72;
/** One area or several: a folder, a command or a document, in small letters; then what changed. */
const FORM = /^[a-z0-9][a-z0-9./-]*(, [a-z0-9][a-z0-9./-]*)*: \S/;

/**
 * @param {string} subject the first line of a commit's message
 * @returns {string | undefined} what is wrong with it, in a few words
 */
export function faultOf(subject) {
  // Written by git itself.
  if (/^(Revert "|Merge )/.test(subject)) return undefined;
  if (!FORM.test(subject)) return 'is not `area: what changed`';
  if (subject.length > MAX_LENGTH) return `has ${subject.length} characters, ${MAX_LENGTH} are allowed`;
  if (subject.endsWith('.')) return 'ends with a full stop';
  return undefined;
}

function subjectsOf(range) {
  const { status, stdout, stderr } = spawnSync('git', ['log', '--format=%h %s', '--end-of-options', range], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').filter(Boolean);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = subjectsOf(process.argv[2] ?? 'HEAD~1..HEAD');
  const faults = lines.flatMap((line) => {
    const fault = faultOf(line.slice(line.indexOf(' ') + 1));
    return fault ? [`${line}\n  ${fault}`] : [];
  });
  for (const fault of faults) console.error(fault);
  console.log(`${lines.length} subjects, ${faults.length} to change`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
