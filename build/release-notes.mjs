/** Prints what CHANGELOG.md says of a version: `node build/release-notes.mjs v1.2.3`. Ends with 1 when it says nothing. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @param {string} changelog the whole text, a section `## [version] - date` for each release
 * @param {string} version with or without the `v` of its tag
 * @returns {string | undefined} what stands below that heading
 */
export function notesOf(changelog, version) {
  const wanted = `## [${version.replace(/^v/, '')}]`;
  const section = changelog.split(/^(?=## )/m).find((each) => each.startsWith(wanted));
  return section?.slice(section.indexOf('\n')).trim() || undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const version = process.argv[2] ?? '';
  const notes = notesOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), version);
  if (notes) console.log(notes);
  else console.error(`CHANGELOG.md says nothing of ${version || 'a version without a name'}.`);
  process.exitCode = notes ? 0 : 1;
}
