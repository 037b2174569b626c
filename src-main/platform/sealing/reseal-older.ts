import { AppError } from '../../rpc';
import type { Database } from '../database';
import type { SecretBox } from './secret-box';

/** A column with sealed values; the domain that owns the table says so. */
export interface SealedColumn {
  readonly table: string;
  /** The column that tells the rows apart by a number. */
  readonly row: string;
  readonly column: string;
}

interface SealedRow {
  row: number;
  sealed: Buffer;
}

/**
 * Seals values of the first format anew, each for its place. One that the key of now does not open stays as it is: it
 * may be opened once the key is back.
 */
export function resealOlder(db: Database, box: SecretBox, columns: readonly SealedColumn[]): void {
  for (const { table, row: id, column } of columns) {
    const rows = db.prepare<[], SealedRow>(
      `SELECT ${id} AS row, ${column} AS sealed FROM ${table} WHERE ${column} IS NOT NULL`,
    );
    const put = db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${id} = ?`);
    for (const { row, sealed } of rows.all().filter((each) => box.isOlder(each.sealed))) {
      const text = openedOlder(box, sealed);
      if (text !== undefined) put.run(box.seal(text, { table, row, column }), row);
    }
  }
}

function openedOlder(box: SecretBox, sealed: Buffer): string | undefined {
  try {
    return box.openOlder(sealed);
  } catch (thrown) {
    if (thrown instanceof AppError) return undefined;
    throw thrown;
  }
}
