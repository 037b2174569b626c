/**
 * Asks the registry for known weaknesses of everything that ships. Ends with 1 when there is one that nobody has looked
 * into; where the registry does not answer such questions it says so and ends with 0.
 */
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Advisories that do not concern us, by their address, each with the reason. */
export const ACCEPTED = new Map([]);

/**
 * @param report what `npm audit --json` says
 * @param accepted address of an advisory → why it does not concern us
 * @returns `skipped` with the reason when there is no answer, else the findings, one line each, that are not accepted
 */
export function judge(report, accepted = ACCEPTED) {
  if (!report?.vulnerabilities)
    return { skipped: report?.message || report?.error?.summary || 'no answer', findings: [] };
  const advisories = Object.values(report.vulnerabilities)
    .flatMap(({ via }) => via)
    .filter((via) => typeof via === 'object' && !accepted.has(via.url));
  const lines = advisories.map(({ name, severity, title, url }) => `${severity}: ${name}: ${title} (${url})`);
  return { skipped: undefined, findings: [...new Set(lines)].sort() };
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
  const { skipped, findings } = judge(ask());
  if (skipped) console.log(`skipped: the registry was not asked for known weaknesses (${skipped})`);
  for (const line of findings) console.error(line);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
