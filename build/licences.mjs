/**
 * Collects the licences of everything that ships with the application, from the lockfile, and writes them to
 * resources/licences.md. `node build/licences.mjs` writes, `--check` only compares; both end with 1 when a package has
 * a licence that a work under GPL-3.0-or-later may not contain, or whose terms nobody has looked at yet.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const TABLE = join(ROOT, 'resources', 'licences.md');

/** Licences that may be combined into a work under GPL-3.0-or-later, after the FSF's list. */
export const COMPATIBLE = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'GPL-2.0-or-later',
  'GPL-3.0-or-later',
  'ISC',
  'LGPL-2.1-or-later',
  'LGPL-3.0-or-later',
  'MIT',
  'Unlicense',
]);

/**
 * Packages whose package.json says less than their sources. Named one by one, with what was found.
 *
 * @audio/decode-aac says GPL-2.0, "as required by the included FAAD2 library". The files of FAAD2 themselves grant
 * version 2 "or (at your option) any later version"; they add that the notice of section 2c must read "Code from FAAD2
 * is copyright (c) Nero AG, www.nero.com", and that use outside the GPL is forbidden. Nothing in the package's own
 * LICENSE takes the later versions away, but it does not repeat the grant either: its authors are still to be asked.
 */
export const LOOKED_INTO = new Map([['@audio/decode-aac', { says: 'GPL-2.0', is: 'GPL-2.0-or-later' }]]);

const NOTICES = ['Code from FAAD2 is copyright (c) Nero AG, www.nero.com'];

/** Development dependencies whose code ships all the same: in the page. */
const BUNDLED = ['@tanstack/react-query', '@tanstack/react-virtual', 'react', 'react-dom', 'zustand'];

/** Every package that ships, by name, with version and licence: the same on every platform, as the lockfile has it. */
export function productionLicences() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const bundled = withDependencies(BUNDLED, packages);
  const rows = new Map();
  for (const [path, entry] of Object.entries(packages)) {
    const name = path.split('node_modules/').at(-1);
    if (!path || ((entry.dev || entry.devOptional) && !bundled.has(name))) continue;
    rows.set(`${name} ${entry.version}`, {
      name,
      version: entry.version,
      licence: licenceOf(name, entry.license),
      said: entry.license,
    });
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function withDependencies(names, packages, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    withDependencies(Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {}), packages, found);
  }
  return found;
}

/** @returns whether an SPDX expression of names, OR and AND can be met by what is compatible */
export function isCompatible(licence) {
  const bare = licence.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(bare)) return false;
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every((name) => COMPATIBLE.has(name)));
}

function licenceOf(name, said = 'none') {
  const known = LOOKED_INTO.get(name);
  return known?.says === said ? known.is : said;
}

function tableOf(rows) {
  const lines = rows.map(({ name, version, licence, said }) =>
    said === licence
      ? `| ${name} | ${version} | ${said} |`
      : `| ${name} | ${version} | ${said}; its sources say ${licence} |`,
  );
  return [
    '# What Tonearm is made with',
    '',
    'Tonearm itself is licensed under GPL-3.0-or-later. It ships with these packages; each has its licence in its folder.',
    ...NOTICES.flatMap((notice) => ['', notice]),
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

export function main(args) {
  const rows = productionLicences();
  const refused = rows.filter(({ licence }) => !isCompatible(licence));
  for (const { name, version, licence } of refused)
    console.error(`${name} ${version} is under "${licence}", which is not known to go with GPL-3.0-or-later.`);
  const table = tableOf(rows);
  const isCurrent = !args.includes('--check') || readFileSync(TABLE, 'utf8') === table;
  if (!isCurrent) console.error('resources/licences.md is out of date: node build/licences.mjs');
  if (!args.includes('--check')) writeFileSync(TABLE, table);
  return refused.length > 0 || !isCurrent ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
