import { mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findStamp, getStamp, isSameStamp, knownStamp, stampOf } from '.';

function aFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-stamp-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'song.flac');
  writeFileSync(file, 'sound');
  return file;
}

it('knows a file again, and notices another size, time or file in its place', async () => {
  const file = aFile();
  const before = await getStamp(file);
  expect(isSameStamp(before, stampOf(statSync(file)))).toBe(true);
  expect(isSameStamp(before, { ...before, sizeBytes: 1 })).toBe(false);
  expect(isSameStamp(before, { ...before, mtimeMs: 1 })).toBe(false);
  writeFileSync(`${file}.new`, 'other');
  for (const path of [file, `${file}.new`]) utimesSync(path, 1000, 1000);
  const first = await getStamp(file);
  renameSync(`${file}.new`, file);
  const second = await getStamp(file);
  expect(isSameStamp(first, second)).toBe(false);
  expect(isSameStamp({ ...first, device: 'another drive' }, first)).toBe(false);
});

it('compares size and time alone where one side knows no more', async () => {
  const stamp = await getStamp(aFile());
  expect(isSameStamp(knownStamp(stamp), { ...stamp, inode: '7' })).toBe(true);
  // A row keeps the number of a file without its drive: on another drive the same number is another file.
  expect(isSameStamp({ ...knownStamp(stamp), inode: '7' }, stamp)).toBe(true);
  expect(isSameStamp({ ...knownStamp(stamp), inode: null }, stamp)).toBe(true);
});

it('says of a file that is not there that it is not', async () => {
  expect(await findStamp(join(aFile(), 'nothing'))).toBeUndefined();
  await expect(getStamp('/nowhere/song.flac')).rejects.toMatchObject({ code: 'not_found' });
});
