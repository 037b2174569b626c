/**
 * Looks for known weaknesses of everything that ships: in the list that the repository keeps, and at the registry, which
 * knows more. Ends with 1 when there is one that nobody has looked into. Where the registry does not answer such questions
 * it says so, and the list decides alone. `--offline` asks nobody.
 */
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { knownWeaknesses, readLock, readSnapshot, staleness } from './known-weaknesses.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Advisories that do not concern us: address → why, in a sentence that says what would have to happen and why it cannot.
 * One without a reason is not accepted.
 */
export const ACCEPTED = new Map([]);

/**
 * @param report what `npm audit --json` says
 * @param accepted address of an advisory → why it does not concern us
 * @returns `skipped` with the reason when the registry gave no answer, else the findings that are not accepted, one line
 *   each; whatever else kept npm from asking is a finding as well
 */
export function judge(report, accepted = ACCEPTED) {
  if (report?.vulnerabilities) return { skipped: undefined, findings: findingsIn(report, accepted) };
  const { code, summary } = report?.error ?? {};
  // Of what it finds wrong here, such as a lockfile that is not there, npm names a code; of a registry's refusal it does not.
  const isOurs = code !== undefined && !/^E(AI_AGAIN|CONN\w+|NOTFOUND|TIMEDOUT|HOSTUNREACH|NETUNREACH|\d+)$/.test(code);
  if (isOurs) return { skipped: undefined, findings: [`npm could not look: ${summary || code}`] };
  return { skipped: report?.message || summary || 'no answer', findings: [] };
}

function findingsIn({ vulnerabilities }, accepted) {
  const advisories = Object.values(vulnerabilities)
    .flatMap(({ via }) => via)
    .filter((via) => typeof via === 'object' && !accepted.get(via.url)?.trim());
  const lines = advisories.map(({ name, severity, title, url }) => `${severity}: ${name}: ${title} (${url})`);
  return [...new Set(lines)].sort();
}

function ask() {
  const args = ['audit', '--json', '--omit', 'dev', '--package-lock-only'];
  const { stdout } = spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' });
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const snapshot = readSnapshot();
  const { skipped, findings: told } = process.argv.includes('--offline') ? { findings: [] } : judge(ask());
  const findings = [...knownWeaknesses(readLock(), snapshot, ACCEPTED), ...told];
  if (skipped)
    console.log(
      `skipped: the registry does not tell of known weaknesses (${skipped}), so only the ${snapshot.advisories.length} were looked for that were known on ${snapshot.lookedThroughOn}`,
    );
  const stale = staleness(snapshot);
  if (stale) console.warn(`warning: ${stale}`);
  for (const line of findings) console.error(line);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
