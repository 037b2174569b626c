import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { openDatabase } from '../../src-main/platform/database';
import { aTagWriter, type WriterOfTags } from '../support/tag-writer';

export const shaOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export interface Crash {
  readonly database: string;
  /** Holds the files and nothing else. */
  readonly folder: string;
  /** Path → SHA-256 of the file before anything was written. */
  readonly originals: ReadonlyMap<string, string>;
  /** Path → what the file may be at all, where that is known. */
  readonly known?: ReadonlyMap<string, readonly string[]>;
  /** Also puts every file back to what it was. */
  readonly undoAll: boolean;
}

export interface AfterCrash {
  /** Everything that is wrong; nothing, when all is well. */
  readonly complaints: readonly string[];
  /** Open writes that were settled and copies that were removed. */
  readonly unsettled: number;
  readonly removed: number;
  /** How many writes the journal knows. */
  readonly writes: number;
}

/** What the next start makes of files and database after a crash. */
export async function recoverAndCheck(crash: Crash): Promise<AfterCrash> {
  const complaints: string[] = [];
  try {
    const db = openDatabase(crash.database);
    const integrity = db.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') complaints.push(`the database: ${integrity}`);
    if ((db.pragma('foreign_key_check') as unknown[]).length > 0) complaints.push('the database: broken references');
    const writer = aTagWriter({ db, reserveBytes: 0 });
    const { written, abandoned, removed } = await writer.recover();
    const left = readdirSync(crash.folder).filter((name) => name.startsWith('.'));
    if (left.length > 0) complaints.push(`left over: ${left}`);
    for (const path of crash.originals.keys()) complaints.push(...faultsOf(path, crash, writer));
    const writes = writer.list({ limit: 1 })[0]?.id ?? 0;
    if (crash.undoAll)
      for (const [path, original] of crash.originals) complaints.push(...(await faultsOfUndo(path, original, writer)));
    db.close();
    return { complaints, unsettled: written + abandoned + removed, removed, writes };
  } catch (thrown) {
    return { complaints: [...complaints, String(thrown)], unsettled: 0, removed: 0, writes: 0 };
  }
}

function faultsOf(path: string, { originals, known }: Crash, writer: WriterOfTags): string[] {
  if (!existsSync(path)) return [`${path} is missing`];
  const hash = shaOf(readFileSync(path));
  const entries = writer.list({ path });
  const latest = entries.find(({ state }) => state === 'written')?.after?.fileHash ?? originals.get(path);
  return [
    ...(known?.get(path)?.includes(hash) === false ? [`${path} is neither old nor new`] : []),
    ...(hash === latest ? [] : [`${path} is not what the journal says`]),
    ...(entries.some(({ state }) => state === 'prepared' || state === 'undoing') ? [`${path} is not settled`] : []),
  ];
}

async function faultsOfUndo(path: string, original: string, writer: WriterOfTags): Promise<string[]> {
  while (writer.list({ path }).some(({ state }) => state === 'written')) await writer.undoFile(path);
  return shaOf(readFileSync(path)) === original ? [] : [`${path} was not put back`];
}
