import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** One line of a table: column → what it says. */
export type Row = Readonly<Record<string, string | number>>;

const FILE = join(import.meta.dirname, 'RESULTS.md');
const TITLE = '# Benchmarks\n\nMeasured by `npm run bench`; each section says when and on what.\n';
const groups = new Map<string, Row[]>();

/**
 * Adds a row to the table of `group`, and writes that table into RESULTS.md at once, in place of the one of the last
 * run; the other groups' tables stay. The columns are those of the group's first row.
 */
export function record(group: string, row: Row): void {
  const rows = [...(groups.get(group) ?? []), row];
  groups.set(group, rows);
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : TITLE;
  writeFileSync(FILE, withSection(text, group, sectionOf(group, rows)));
  console.log(
    `${group}: ${Object.entries(row)
      .map(([column, value]) => `${column} ${value}`)
      .join(', ')}`,
  );
}

function sectionOf(group: string, rows: readonly Row[]): string {
  const columns = Object.keys(rows[0]);
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    `## ${group}`,
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`,
    '',
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((column) => row[column] ?? ''))),
  ].join('\n');
}

function withSection(text: string, group: string, section: string): string {
  const [begin, end] = [`<!-- ${group} -->`, `<!-- end of ${group} -->`];
  const marked = `${begin}\n${section}\n${end}`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < 0) return `${text.trimEnd()}\n\n${marked}\n`;
  return text.slice(0, from) + marked + text.slice(to + end.length);
}
