import { join } from 'node:path';
import { figuresIn, type Row } from '../support/figures';

const write = figuresIn(
  join(import.meta.dirname, '../RELIABILITY.md'),
  '# Reliability\n\nMeasured by `npm run torture`; each section says when and on what.\n',
);

export interface Figure {
  /** What was done, for people: `killed while writing`. */
  readonly what: string;
  /** How often it was done. */
  readonly cases: number;
  /** How often it came out as it must. */
  readonly passed: number;
  /** The line to pass: `100 %`. */
  readonly line: string;
  readonly note?: string;
}

/**
 * Writes a figure of one of the lines R1 … R25 into RELIABILITY.md, in runs that are for figures; a plain test run says
 * the same by passing and leaves the file alone.
 */
export function recordFigure(group: string, { what, cases, passed, line, note = '' }: Figure): void {
  if (process.env.TONEARM_FIGURES === '1') write(group, { what, cases, passed, line, note });
}

/** A row of a table with columns of its own, likewise. */
export function recordRow(group: string, row: Row): void {
  if (process.env.TONEARM_FIGURES === '1') write(group, row);
}
