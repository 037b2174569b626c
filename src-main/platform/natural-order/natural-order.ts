const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The natural order of two names, for a list that is sorted here. */
export const byName = (a: string, b: string): number => names.compare(a, b);

/**
 * A text whose plain order is the natural one, for an index of SQL: before each number stands how many digits it has,
 * without leading zeros. Migration 32 does the same in SQL.
 */
export function withNumberLengths(text: string): string {
  return text.replace(/0*(\d+)/g, (_, digits: string) => String.fromCharCode(48 + digits.length) + digits);
}
