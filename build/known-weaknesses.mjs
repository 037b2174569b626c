/** The weaknesses that the repository itself knows of: an answer where the registry gives none. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** After so long nobody should take the list for what is known. */
const FRESH_DAYS = 45;
const DAY_MS = 86_400_000;

export const readSnapshot = () => JSON.parse(readFileSync(join(ROOT, 'build/advisories.json'), 'utf8'));

export const readLock = () => JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));

/**
 * Packages that ship and whose locked version is affected, one line each.
 *
 * @param lock the lockfile
 * @param snapshot what is in `advisories.json`
 * @param accepted address of an advisory → why it does not concern us
 */
export function knownWeaknesses(lock, { advisories }, accepted = new Map()) {
  const lines = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev)
    .map(([path, { version }]) => ({ name: path.split('node_modules/').at(-1), version }))
    .flatMap(({ name, version }) =>
      advisories
        .filter((each) => each.package === name && isAffected(version, each.affected))
        .filter(({ id }) => !accepted.get(addressOf(id))?.trim())
        .map(({ id, severity, affected }) => `${severity}: ${name} ${version} is ${affected} (${addressOf(id)})`),
    );
  return [...new Set(lines)].sort();
}

/** A sentence when the list has not been looked through for too long. */
export function staleness({ lookedThroughOn }, now = Date.now()) {
  const days = Math.floor((now - Date.parse(lookedThroughOn)) / DAY_MS);
  return days > FRESH_DAYS
    ? `build/advisories.json was last looked through on ${lookedThroughOn}, ${days} days ago`
    : undefined;
}

const addressOf = (id) =>
  id.startsWith('GHSA-') ? `https://github.com/advisories/${id}` : `https://www.cve.org/CVERecord?id=${id}`;

const COMPARE = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '=': (order) => order === 0,
  '>=': (order) => order >= 0,
  '>': (order) => order > 0,
};

/** Whether a version is in ranges such as `>=1.0.0 <1.2.3 || =2.0.0`. Throws for what it does not understand. */
export function isAffected(version, ranges) {
  return ranges.split('||').some((range) =>
    range
      .trim()
      .split(/\s+/)
      .every((comparison) => {
        const [, operator, bound] = /^(<=?|>=?|=)(\d+\.\d+\.\d+)$/.exec(comparison) ?? [];
        if (!operator) throw new Error(`"${comparison}" is no comparison with a version.`);
        return COMPARE[operator](orderOf(version, bound));
      }),
  );
}

/** What is released before a version (`1.0.0-rc.1`) comes before it. */
function orderOf(a, b) {
  const [left, right] = [a, b].map((version) => version.split(/[-+]/)[0].split('.').map(Number));
  const at = left.findIndex((number, index) => number !== right[index]);
  if (at >= 0) return left[at] - right[at];
  return a.includes('-') ? -1 : 0;
}
