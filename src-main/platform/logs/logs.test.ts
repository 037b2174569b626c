import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newSecret } from '../auth';
import { openLog } from './logs';

it('writes lines of JSON into its folder, complete when it is closed, and no secret in any of them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-logs-'));
  const secret = newSecret();
  const { log, close } = await openLog(join(folder, 'logs'));
  log.info({ password: 'correct horse', request: { headers: { authorization: 'Bearer abc' } } }, 'began');
  log.error({ err: new Error(`the key ${secret} is wrong`) }, `with ${secret}`);
  await close();
  const [name] = readdirSync(join(folder, 'logs'));
  const text = readFileSync(join(folder, 'logs', name), 'utf8');
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ msg }) => msg)).toEqual(['began', 'with tonearm_[not written]']);
  expect(text).not.toContain('correct horse');
  expect(text).not.toContain('Bearer');
  expect(text).not.toContain(secret);
});
