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

export function createOutput(
  isJson: boolean,
  stdout: NodeJS.WriteStream = process.stdout,
  stderr: NodeJS.WriteStream = process.stderr,
): Output {
  return {
    isJson,
    isTerminal: stderr.isTTY === true && !isJson,
    stderr,
    answer(value, lines) {
      const text = isJson ? [JSON.stringify(value)] : lines().map((line) => asCalled(line));
      for (const line of text) stdout.write(`${shownOn(stdout, line)}\n`);
    },
    note: (text) => void stderr.write(`${shownOn(stderr, asCalled(text))}\n`),
  };
}

/** What a command would be called by here: the launcher of a clone says how it was called itself. */
export const COMMAND = process.env.TONEARM_COMMAND || 'nom';

/** Commands that a sentence names, as they work where it is read. */
export function asCalled(line: string, command = COMMAND): string {
  return line.replaceAll(/(["`]|: )nom (?=[a-z])/g, (_, before: string) => `${before}${command} `);
}

/**
 * One line as it may reach a stream. A terminal obeys control characters, and names of files may hold any, so it gets
 * them escaped as JSON has it; other programs get each line as it is.
 */
function shownOn({ isTTY }: NodeJS.WriteStream, line: string): string {
  return isTTY === true ? line.replaceAll(UNSEEN, escaped) : line;
}

/** What moves the cursor, begins an escape sequence, breaks a line or turns the direction of writing. */
const UNSEEN = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (character: string) =>
  SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

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
