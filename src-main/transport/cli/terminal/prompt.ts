import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '../../../rpc';

/**
 * Asks for a secret without showing it. Where no terminal is, takes the first line of standard input, so that a script
 * can hand it over without it standing in the list of processes.
 */
export async function askSecret(question: string): Promise<string> {
  const isTerminal = process.stdin.isTTY === true;
  if (isTerminal) process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTerminal });
  try {
    for await (const line of lines) return line;
    throw new AppError('invalid_input', 'Nothing was given.');
  } finally {
    lines.close();
    if (isTerminal) process.stderr.write('\n');
  }
}

/** Asks a yes-or-no question; no without a terminal. */
export async function confirm(question: string): Promise<boolean> {
  if (process.stdin.isTTY !== true) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise((resolve) =>
      lines.question(`${question} [y/N] `, (answer) => resolve(/^y(es)?$/i.test(answer.trim()))),
    );
  } finally {
    lines.close();
  }
}
