import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { putTone, temporaryFolder } from '../../../test/support/small-music';
import { planDrop } from './drop-plan';

it('says of what lies inside a library whether it is written, which it is only where its files are by themselves', async () => {
  const folder = temporaryFolder('dropped');
  onTestFinished(folder.remove);
  const root = realpathSync(folder.path);
  const libraries = [
    { name: 'asked', autoWrite: false, writeMode: 'full' as const },
    { name: 'written', autoWrite: true, writeMode: 'minimal' as const },
    { name: 'looked at', autoWrite: true, writeMode: 'none' as const },
  ].map((library) => ({ ...library, root_path: join(root, library.name) }));
  for (const { root_path } of libraries) {
    mkdirSync(root_path);
    putTone(join(root_path, 'a.wav'), 440);
  }
  putTone(join(root, 'loose.wav'), 440);
  const paths = [...libraries.map(({ root_path }) => join(root_path, 'a.wav')), join(root, 'loose.wav')];
  const { inside, newFolders } = await planDrop(paths, libraries);
  expect(inside.map(({ library, isWritten }) => [library, isWritten])).toEqual([
    ['asked', false],
    ['written', true],
    ['looked at', false],
  ]);
  expect(newFolders).toMatchObject([{ path: root, audioFiles: 1 }]);
});
