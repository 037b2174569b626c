import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import type { Caller } from '../../rpc';
import { type Clock, systemClock } from '../clock';
import { entryOf, lineOf } from './audit-line';
import type { AuditEvent } from './contract';

/** A file is full at 2 MB, some 15 000 lines; ten of them are kept. */
const FULL_BYTES = 2_000_000;
const KEPT_FILES = 10;

/** What an entry says beside who and from where. Never a secret. */
type AuditFacts = Readonly<Record<string, string | number | undefined>>;

export interface AuditLog {
  /** Writes one line. A disk that is full costs the line, not what it tells of. */
  note(event: AuditEvent, caller: Caller | undefined, facts?: AuditFacts, user?: string): void;
}

/** For what has no data folder, such as tests. */
export const silentAudit: AuditLog = { note: () => {} };

/** The files of the log, the newest first. */
export const auditFiles = (file: string): string[] =>
  Array.from({ length: KEPT_FILES }, (_, age) => (age === 0 ? file : `${file}.${age}`)).filter((each) =>
    existsSync(each),
  );

interface AuditLogParts {
  readonly file: string;
  readonly clock?: Clock;
  /** Told why a line could not be written. */
  readonly report?: (thrown: unknown) => void;
  readonly fullBytes?: number;
}

/** The log in a file that only its owner may read. Each line is with the system when `note` is done. */
export function openAuditLog({
  file,
  clock = systemClock,
  report = () => {},
  fullBytes = FULL_BYTES,
}: AuditLogParts): AuditLog {
  let last: number | undefined;

  function append(event: AuditEvent, caller: Caller | undefined, facts: AuditFacts, user: string): void {
    last = 1 + (last ?? endOf(file));
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) >= fullBytes) rotate(file);
    const handle = openSync(file, 'a', 0o600);
    try {
      if (process.platform !== 'win32' && fstatSync(handle).mode & 0o077) chmodSync(file, 0o600);
      const entry = { number: last, at: clock().toISOString(), event, user, from: addressOf(caller) };
      writeSync(handle, lineOf({ ...entry, facts: factsOf(facts) }));
    } finally {
      closeSync(handle);
    }
  }

  return {
    note(event, caller, facts = {}, user = userOf(caller)) {
      try {
        append(event, caller, facts, user);
      } catch (thrown) {
        report(thrown);
      }
    },
  };
}

function rotate(file: string): void {
  for (let age = KEPT_FILES - 1; age > 0; age -= 1) {
    const younger = age === 1 ? file : `${file}.${age - 1}`;
    if (existsSync(younger)) renameSync(younger, `${file}.${age}`);
  }
}

/** The number of the last line that is whole. One that a full disk cut short is ended, so that the next begins anew. */
function endOf(file: string): number {
  if (existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'))) appendFileSync(file, '\n');
  for (const each of auditFiles(file)) {
    const found = readFileSync(each, 'utf8').trimEnd().split('\n').toReversed().map(entryOf);
    const last = found.find((entry) => entry !== undefined);
    if (last) return last.number;
  }
  return 0;
}

function factsOf(facts: AuditFacts): Record<string, string> {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}

/** Who it was, in one word. There is one person: the owner, who comes by a session. */
function userOf(caller: Caller | undefined): string {
  if (!caller) return '-';
  if (caller.transport !== 'http') return caller.transport === 'window' ? 'window' : 'local';
  const { kind, id } = caller.credential ?? {};
  if (kind === 'session') return 'owner';
  return kind === 'key' ? `key:${id}` : (kind ?? '-');
}

/** An IPv4 address that came over IPv6 is written as what it is. */
const addressOf = (caller: Caller | undefined) => caller?.address?.replace(/^::ffff:(?=\d+\.)/, '') || '-';
