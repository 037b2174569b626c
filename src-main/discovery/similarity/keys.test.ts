import { expect, it } from 'vitest';
import { compatibleKeys, relateKeys, wheelKey } from './keys';

it('numbers keys as DJs do', () => {
  const camelot = (key: string) => Object.values(wheelKey(key)!).join('');
  expect(['C', 'Am', 'G', 'Em', 'F', 'Dm', 'F#', 'D#m', 'B', 'G#m', 'C#', 'E'].map(camelot)).toEqual([
    ...['8B', '8A', '9B', '9A', '7B', '7A', '2B', '2A', '1B', '1A', '3B', '12B'],
  ]);
  expect(wheelKey(null)).toBeUndefined();
  expect(wheelKey('H')).toBeUndefined();
});

it('knows how keys go together, the same in both directions', () => {
  expect(relateKeys('C', 'C')?.words).toBe('same key');
  expect(relateKeys('C', 'Am')?.words).toBe('relative key');
  expect(relateKeys('C', 'G')?.words).toBe('a fifth apart');
  expect(relateKeys('C', 'Cm')?.words).toBe('parallel key');
  expect(relateKeys('Cm', 'C')?.words).toBe('parallel key');
  expect(relateKeys('C', 'F#')?.value).toBe(0);
  expect(relateKeys('C', null)).toBeUndefined();
  const all = ['C', 'C#', 'D', 'Em', 'F#m', 'Am', 'A#', 'Cm'];
  for (const a of all) for (const b of all) expect(relateKeys(a, b)?.value).toBe(relateKeys(b, a)?.value);
});

it('names the keys that fit: the same, the relative, a fifth up and down', () => {
  expect(compatibleKeys('C').sort()).toEqual(['Am', 'C', 'F', 'G']);
});
