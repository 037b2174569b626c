import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ERROR_STATUS } from '../../src-main/rpc/errors';
import { REASON_WORDS, reasonWords } from './reason-words';

const SOURCES = join(import.meta.dirname, '../../src-main');
/** Where the source gives a reason by its code. */
const GIVEN = [
  /\breason(?:Code)?: '([a-z_]+)'/g,
  /\bverdict: '([a-z_]+)'/g,
  /\b(?:left|against|pass)\((?:\w+, )?'([a-z_]+)'/g,
  /\bCASE status WHEN 'pending' THEN '(removed)'/g,
  /\breason_code = '([a-z_]+)'/g,
];
/** Words of other sentences that look the same to the expressions above. */
const OTHERS = ['write', 'done', 'pending', 'running', 'error', 'skipped', 'daily', 'manual', 'migration', 'update'];

function codesInSource(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file) && /^(jobs|library)\//.test(file),
  );
  const codes = files.flatMap((file) => {
    const text = readFileSync(join(SOURCES, file), 'utf8');
    return GIVEN.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code]) => code));
  });
  return [...new Set(codes)].filter((code) => !OTHERS.includes(code)).sort();
}

it('has words for every code of a failure', () => {
  expect(Object.keys(ERROR_STATUS).filter((code) => !(code in REASON_WORDS))).toEqual([]);
});

it('has words for every reason by which jobs and plans leave a file alone', () => {
  const codes = codesInSource();
  expect(codes).toEqual(expect.arrayContaining(['already_queued', 'cancelled', 'hard_linked', 'not_analyzed']));
  expect(codes.filter((code) => !(code in REASON_WORDS))).toEqual([]);
});

it('never shows a code, not even one that it does not know', () => {
  for (const words of Object.values(REASON_WORDS)) expect(words).not.toMatch(/_/);
  expect(reasonWords('of_another_version')).toBe('another reason');
});
