import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** One line of a table: column → what it says. */
export type Row = Readonly<Record<string, string | number>>;

/**
 * Figures kept in a Markdown file. What it gives adds a row to the table of a group, and writes that table into the file
 * at once, in place of the one of the last run; the other groups' tables stay. The columns are those of the first row.
 */
export function figuresIn(file: string, title: string): (group: string, row: Row) => void {
  const groups = new Map<string, Row[]>();
  return (group, row) => {
    const rows = [...(groups.get(group) ?? []), row];
    groups.set(group, rows);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : title;
    writeFileSync(file, withSection(text, group, sectionOf(group, rows)));
    const columns = Object.entries(row).map(([column, value]) => `${column} ${value}`);
    console.log(`${group}: ${columns.join(', ')}`);
  };
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
