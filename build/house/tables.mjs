#!/usr/bin/env node
/**
 * Every table of the database has one owner, whose `index.ts` says so, and only files of that folder write to it; part
 * of `npm run check`. A folder inside another may own a table of its own.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const SOURCE = join(ROOT, 'src-main');
const MIGRATIONS = join(SOURCE, 'platform/database/migrations');
/** What SQL writes; `ON CONFLICT DO UPDATE SET` names no table. */
const WRITES = /\b(?:INSERT (?:OR \w+ )?INTO|UPDATE(?: OR \w+)?|DELETE FROM|REPLACE INTO)\s+([a-z_]+)\b/g;

const problems = [];
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$|test-server\.ts$/.test(name))
  .map((name) => ({ path: `src-main/${name.replaceAll('\\', '/')}`, text: readFileSync(join(SOURCE, name), 'utf8') }));
const tables = tablesAfter(readdirSync(MIGRATIONS).sort());
const owners = ownersIn(files);

for (const [table, folders] of owners) {
  if (!tables.has(table)) problems.push(`${folders[0]} owns \`${table}\`, which the migrations do not leave behind.`);
  if (folders.length > 1) problems.push(`\`${table}\` has ${folders.length} owners: ${folders.join(', ')}.`);
}
for (const table of tables) if (!owners.has(table)) problems.push(`Nobody says to own \`${table}\`.`);
for (const { path, text } of files) {
  for (const [, table] of text.matchAll(WRITES)) {
    const [owner] = owners.get(table) ?? [];
    if (owner && !path.startsWith(`${owner}/`)) problems.push(`${path} writes to \`${table}\`, which ${owner} owns.`);
  }
}

for (const problem of new Set(problems)) console.error(problem);
console.log(`${tables.size} tables, ${problems.length} without one owner and writer`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** The tables that are there once all migrations have run; those of the search index belong to it. */
function tablesAfter(names) {
  const there = new Set();
  for (const name of names) {
    const sql = readFileSync(join(MIGRATIONS, name), 'utf8').replace(/--.*$/gm, '');
    for (const [, verb, table, renamed] of sql.matchAll(
      /\b(CREATE(?: VIRTUAL)? TABLE|DROP TABLE|ALTER TABLE)\s+(?:IF (?:NOT )?EXISTS\s+)?([a-z_]+)(?:\s+RENAME TO\s+([a-z_]+))?/gi,
    )) {
      if (verb.toUpperCase().startsWith('CREATE')) there.add(table);
      else if (verb.toUpperCase() === 'DROP TABLE') there.delete(table);
      else if (renamed) there.delete(table) && there.add(renamed);
    }
  }
  return there;
}

/** Table → the folders whose `index.ts` says «Owns the table …». */
function ownersIn(sources) {
  const found = new Map();
  for (const { path, text } of sources.filter((each) => each.path.endsWith('/index.ts'))) {
    const head = text.slice(0, text.indexOf('*/')).replace(/\s*\n \* ?/g, ' ');
    const said = /\bowns? the tables? ([^.;]*)/i.exec(head)?.[1] ?? '';
    for (const [, table] of said.matchAll(/`([a-z_]+)`/g))
      found.set(table, [...(found.get(table) ?? []), dirname(path)]);
  }
  return found;
}
