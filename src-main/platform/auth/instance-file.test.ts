import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readInstance, removeInstance, writeInstance } from './instance-file';

const file = join(mkdtempSync(join(tmpdir(), 'tonearm-instance-')), 'instance.json');
const instance = { port: 8356, pid: 7, token: 'tonearm_x', version: '1.2.3', isLan: true };

it('tells the command line where the application is, for its owner’s eyes only', () => {
  writeInstance(file, instance);
  writeInstance(file, { ...instance, port: 1 });
  expect(readInstance(file)).toEqual({ ...instance, port: 1 });
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  removeInstance(file);
  expect(readInstance(file)).toBeUndefined();
});

it('takes a broken file for none', () => {
  writeFileSync(file, '{"port":');
  expect(readInstance(file)).toBeUndefined();
});
