import { readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { requires } from '../../../../test/support/requirements';
import { putTone, temporaryFolder } from '../../../../test/support/small-music';
import { aTagWriter } from '../../../../test/support/tag-writer';
import { openDatabase } from '../../../platform/database';

const { it } = requires('ffmpeg');

vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  return { ...fs, rename: vi.fn(fs.rename) };
});

it('can undo a write that the drive has done, though its answer was lost on the way', async () => {
  const folder = temporaryFolder('lost-answer');
  onTestFinished(folder.remove);
  const path = join(folder.path, 'song.mp3');
  putTone(path, 440);
  const before = readFileSync(path);
  const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
  const plan = await writer.plan(path, { namespace: 'nom', tags: { happy: ['0.5'] } });
  const { rename: really } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
  vi.mocked(rename).mockImplementationOnce(async (from, to) => {
    await really(from, to);
    // The client asked again, and what it wanted to rename was gone.
    throw Object.assign(new Error('ENOENT: no such file or directory, rename'), { code: 'ENOENT' });
  });
  expect(await writer.write(plan)).toMatchObject({ path });
  expect(readFileSync(path)).not.toEqual(before);
  expect(writer.list({ path })).toMatchObject([{ state: 'written' }]);
  expect(await writer.undoFile(path)).toMatchObject({ undone: true });
  expect(readFileSync(path)).toEqual(before);
});
