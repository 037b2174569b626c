import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSource } from './graph.mjs';
import { violationsOf } from './rules.mjs';

const ROOTS = ['src-main', 'src-preload', 'src-renderer'];
const FOLDER = join(import.meta.dirname, 'violations');

/** Which rule each of the small trees in `violations` breaks. */
const BROKEN: Readonly<Record<string, string>> = {
  'entry-imported': 'upward-import',
  'composition-root-imported': 'upward-import',
  'root-file-reaches-in': 'past-an-index',
  'unlisted-folder': 'unlisted-folder',
  'upward-import': 'upward-import',
  'past-an-index': 'past-an-index',
  'cycle-of-files': 'cycle-of-files',
  'cycle-of-folders': 'cycle-of-folders',
  'electron-imported': 'electron',
  'window-reaches-in': 'window-knows-contracts',
  'ui-imports-a-feature': 'upward-import',
  'api-imports-a-feature': 'upward-import',
  'features-in-a-circle': 'cycle-of-folders',
};

async function rulesBrokenIn(folder: string): Promise<string[]> {
  const roots = ROOTS.filter((root) => existsSync(join(folder, root)));
  return violationsOf(await readSource(folder, roots)).map(({ rule }: { rule: string }) => rule);
}

it('finds nothing wrong with the source', async () => {
  expect(await rulesBrokenIn(join(import.meta.dirname, '../..'))).toEqual([]);
});

it.each(Object.entries(BROKEN))('catches the violation kept as %s', async (name, rule) => {
  expect(await rulesBrokenIn(join(FOLDER, name))).toContain(rule);
});

it('refuses a new file beside the entries, and both kinds of new folder', async () => {
  expect(await rulesBrokenIn(join(FOLDER, 'root-file-reaches-in'))).toContain('unlisted-folder');
  expect(await rulesBrokenIn(join(FOLDER, 'unlisted-folder'))).toEqual(['unlisted-folder', 'unlisted-folder']);
});

it('keeps no violation that no test names', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(BROKEN).sort());
});

it('refuses a folder of more than 25 files', () => {
  const filesOf = (count: number) => Array.from({ length: count }, (_, index) => `src-main/library/tracks/${index}.ts`);
  const rulesBroken = (count: number) =>
    violationsOf({ files: filesOf(count), imports: [] }).map(({ rule }: { rule: string }) => rule);
  expect(rulesBroken(25)).toEqual([]);
  expect(rulesBroken(26)).toEqual(['full-folder']);
});
