import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockForThisProcess } from './process-lock';

const aLockFile = () => join(mkdtempSync(join(tmpdir(), 'tonearm-lock-')), 'lock.db');

it('lets one process have a data folder, names it to the second, and lets the next in afterwards', () => {
  const file = aLockFile();
  const first = lockForThisProcess(file, () => 'nobody');
  expect(() => lockForThisProcess(file, () => 'Tonearm (process 7)')).toThrow(
    'This library is open already: Tonearm (process 7) is using it.',
  );
  first.release();
  lockForThisProcess(file, () => 'nobody').release();
});

it('is free again after the process that had it was killed', async () => {
  const file = aLockFile();
  const holder = spawn(process.execPath, [
    '-e',
    `const db = new (require('better-sqlite3'))(${JSON.stringify(file)});
     db.exec('BEGIN EXCLUSIVE'); console.log('locked'); setInterval(() => {}, 1000);`,
  ]);
  await once(holder.stdout, 'data');
  expect(() => lockForThisProcess(file, () => 'the other')).toThrow(/the other/);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  lockForThisProcess(file, () => 'nobody').release();
});
