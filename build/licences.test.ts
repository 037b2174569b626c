import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('ships nothing whose licence does not go with its own, and lists all that it ships', () => {
  const script = join(import.meta.dirname, '../build/licences.mjs');
  expect(() => execFileSync(process.execPath, [script, '--check'])).not.toThrow();
});
