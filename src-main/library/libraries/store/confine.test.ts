import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { insideOf } from '../../../platform/paths/inside-of';

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
