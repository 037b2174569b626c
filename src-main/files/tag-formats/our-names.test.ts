import { expect, it } from 'vitest';
import { keysOf } from './our-names';
import { editFor, ourTags } from './our-tags';
import type { Container, TagFile } from './tag-file';

/** A file with these fields, one value each. */
function aFile(fields: Readonly<Record<string, string>>, container: Container = 'mp3'): TagFile {
  const items = Object.entries(fields).map(([field, value]) => {
    return { kind: 'TXXX', field, values: [value], bytes: Buffer.from(field) };
  });
  return { container, items, carryOver: [], hashPayload: async () => {}, edit: async () => [] };
}

const wanted = { namespace: 'nom', tags: { happy: ['0.9000'], tonearm: ['1; calibration none'] } };

it.each(['_', '-'] as const)('reads a tag under "%s" as the same one as under the colon', (separator) => {
  const file = aFile({
    [`nom${separator}tonearm`]: '1',
    [`nom${separator}mood-strict`]: 'happy',
    [`nom${separator}happy`]: '0.9000',
    [`nom${separator}loudness`]: '-9.32',
    'nom:sad': '0.1',
  });
  expect(ourTags(file, 'nom')).toEqual({
    tonearm: ['1'],
    'mood-strict': ['happy'],
    happy: ['0.9000'],
    loudness: ['-9.32'],
    sad: ['0.1'],
  });
  expect(Object.keys(ourTags(file, 'nom', 'name'))).toContain(`nom${separator}happy`);
});

it('leaves names of others that begin like ours, also where ours stand beside them', () => {
  const others = { 'nom-de-plume': 'Voltaire', nom_artiste: 'Arouet', nominal: '1', 'nom-tour': '1759' };
  const beside: Record<string, string>[] = [
    {},
    { 'nom-tonearm': '1', 'nom-happy': '0.9' },
    { nom_tonearm: '1', nom_happy: '0.9' },
  ];
  for (const ours of beside) {
    const file = aFile({ ...others, ...ours });
    const { edit } = editFor(file, { namespace: 'nom', tags: {} });
    expect([...edit.drop].map(({ field }) => field).filter((field) => field! in others)).toEqual([]);
  }
  const keyOf = keysOf(aFile({ replaygain_tonearm: '1' }).items, 'replaygain', 'mp3');
  expect(keyOf({ field: 'replaygain_track_peak', values: ['0.9883'] })).toBeUndefined();
});

it('renames what was written before, and finds nothing to do the second time', () => {
  const { changes, edit } = editFor(aFile({ 'nom:tonearm': '1; calibration none', 'nom:happy': '0.9000' }), {
    ...wanted,
    separator: '_',
  });
  expect(changes.map(({ field }) => field)).toEqual(['nom_happy', 'nom_tonearm']);
  expect(edit.drop.size).toBe(2);
  const after = aFile(Object.fromEntries(edit.add.map(({ field, values }) => [field, values[0]])));
  expect(editFor(after, { ...wanted, separator: '_' }).changes).toEqual([]);
  expect(editFor(after, wanted).changes.map(({ field }) => field)).toEqual(['nom:happy', 'nom:tonearm']);
  expect(editFor(after, { namespace: 'nom', tags: {} }).edit.drop.size).toBe(2);
});
