/**
 * Where a command's words go. With `--json` nothing but JSON reaches stdout; what is meant for people goes to stderr.
 */
export interface Output {
  readonly isJson: boolean;
  /** Whether a person watches, so that a bar may move. */
  readonly isTerminal: boolean;
  /** The answer: the value as one line of JSON, or the lines for people. */
  answer(value: unknown, lines: () => readonly string[]): void;
  /** A remark beside the answer. */
  note(text: string): void;
  readonly stderr: NodeJS.WriteStream;
}

export function createOutput(isJson: boolean, stdout = process.stdout, stderr = process.stderr): Output {
  return {
    isJson,
    isTerminal: stderr.isTTY === true && !isJson,
    stderr,
    answer(value, lines) {
      const text = isJson ? [JSON.stringify(value)] : lines();
      for (const line of text) stdout.write(`${line}\n`);
    },
    note: (text) => void stderr.write(`${text}\n`),
  };
}

/** Columns as wide as their widest cell, the last one open. */
export function table(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string[] {
  const all = [head, ...rows.map((row) => row.map((cell) => String(cell ?? '')))];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}
