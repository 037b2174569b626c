import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, pino, stdSerializers } from 'pino';
import roll from 'pino-roll';
import { SECRET_PATTERN } from '../auth';

export type Log = Logger;

const FIELDS_NOT_WRITTEN = ['password', 'token', 'secret', 'key', 'ticket', 'authorization', 'cookie', 'session_token'];

const UNWRITTEN_BYTES = 1_000_000;

/**
 * Lines of JSON in `<folder>/tonearm.N.log`, which its owner alone may read, a new file every 10 MB and five kept. Fields that hold secrets are left
 * out, and whatever looks like a secret of ours inside a text is masked. `close` writes what is still in memory.
 */
export async function openLog(
  folder: string,
  level: string = 'info',
): Promise<{ log: Log; close: () => Promise<void> }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = await roll({
    file: join(folder, 'tonearm'),
    size: '10m',
    mode: 0o600,
    limit: { count: 4, removeOtherLogFiles: true },
    maxLength: UNWRITTEN_BYTES,
  });
  // A full disk costs lines of the log, not the application; what does not fit into memory meanwhile is dropped.
  file.on('error', () => {});
  return {
    log: logTo(file, level),
    close: () =>
      new Promise((resolve) => {
        file.once('close', () => resolve());
        file.once('error', () => resolve());
        file.end();
      }),
  };
}

/** A log that writes its lines to anything. */
export function logTo(stream: { write(line: string): unknown }, level: string = 'info'): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: stdSerializers.err },
      redact: {
        paths: FIELDS_NOT_WRITTEN.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[not written]',
      },
      hooks: { streamWrite: (line) => line.replaceAll(SECRET_PATTERN, 'tonearm_[not written]') },
    },
    stream as { write(line: string): void },
  );
}

/** For tests, and for commands that print rather than log. */
export const silentLog: Log = pino({ level: 'silent' });
