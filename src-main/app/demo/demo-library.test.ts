import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterEach, expect, it } from 'vitest';
import { makeDemoLibrary } from './demo-library';

const folder = mkdtempSync(join(tmpdir(), 'tonearm-demo-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('makes twelve pieces with title and artist, and leaves those alone that are there', async () => {
  const files = await makeDemoLibrary(folder);
  expect(files).toHaveLength(12);
  const { common, format } = await parseFile(files[3]);
  expect([common.title, common.artist, common.album]).toEqual(['Four Floors Down', 'Square Wave', 'Warehouse']);
  expect(format.duration).toBeCloseTo(30, 1);

  writeFileSync(files[0], 'tagged meanwhile');
  expect(await makeDemoLibrary(folder)).toEqual(files);
  expect(statSync(files[0]).size).toBe('tagged meanwhile'.length);
  expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.part'))).toEqual([]);
});
