import { mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { requires } from '../../../../test/support/requirements';
import { temporaryFolder } from '../../../../test/support/small-music';
import { insideOf } from '../../../platform/paths/inside-of';
import { realPathOf } from './confine';

const root = resolve('/Music');
const inside = (path: string) => insideOf(root, resolve(path), true);

it('keeps the spelling of names on disks that ignore letter case and Unicode form, however long it is', () => {
  expect(inside('/MUSIC/Album/Song.mp3')).toBe('Album/Song.mp3');
  // Taken apart, as macOS spells it, a name is longer than put together.
  expect(inside('/Music/Cafe\u0301/Bjo\u0308rk.mp3')).toBe('Cafe\u0301/Bjo\u0308rk.mp3');
  // In small letters this one is two.
  expect(inside('/music/\u0130stanbul/\u0130.mp3')).toBe('\u0130stanbul/\u0130.mp3');
  expect(inside('/Music')).toBe('');
  expect(inside('/Musical/Song.mp3')).toBeNull();
});

requires('posix').it(
  'follows the links of the part of a path that exists, however many folders of it do not',
  async () => {
    const folder = temporaryFolder('confine');
    onTestFinished(folder.remove);
    mkdirSync(join(folder.path, 'real/inner'), { recursive: true });
    symlinkSync(join(folder.path, 'real'), join(folder.path, 'link'));
    symlinkSync('loop', join(folder.path, 'loop'));
    const real = (...parts: string[]) => realPathOf(join(folder.path, ...parts));
    for (const depth of [0, 1, 2, 3, 50, 1500]) {
      const missing = Array.from({ length: depth }, () => 'a');
      expect(await real('link/inner', ...missing)).toBe(join(folder.path, 'real/inner', ...missing));
      expect(await real(...missing)).toBe(join(folder.path, ...missing));
      await expect(real('loop', ...missing)).rejects.toMatchObject({ code: 'outside_library' });
    }
  },
);
