import { parse } from 'smol-toml';
import { expect, it } from 'vitest';
import { type TagKey, tagKeysOf } from '../../library/moods';
import { RESERVED } from './fields/built-in';
import { createFields } from './fields/registry';
import { navidromeConfig } from './navidrome-config';

const HEADS = [
  { head: 'mood_happy', kind: 'softmax', labels: ['happy', 'non_happy'] },
  { head: 'muse', kind: 'identity', labels: ['valence', 'arousal'] },
  { head: 'genre_discogs400', kind: 'sigmoid', labels: ['Rock---Indie Rock'] },
] as const;
const fields = createFields('nom', tagKeysOf(HEADS, { write_alias_keys: false }));

interface Tag {
  Aliases: string[];
  Type?: string;
  Split?: string[];
  Album?: boolean;
}
const tagsOf = (config: string) => parse(config).Tags as unknown as Record<string, Tag>;

it.each(['dotted', 'tables'] as const)(
  'gives %s TOML in the shape that Navidrome reads: a table for each tag',
  (style) => {
    const tags = tagsOf(navidromeConfig(fields, { style }));
    expect(tags.nom_happy).toEqual({ Aliases: ['nom:happy'], Type: 'float' });
    expect(tags.nom_valence).toEqual({ Aliases: ['nom:valence'], Type: 'float' });
    expect(tags.nom_mood_strict).toEqual({ Aliases: ['nom:mood-strict', 'nom_mood_strict'] });
    expect(tags.nom_genre).toEqual({ Aliases: ['nom:genre'] });
    expect(tags.nom_key).toEqual({ Aliases: ['nom:key'] });
    expect(tags.nom_bpm).toEqual({ Aliases: ['nom:bpm'], Type: 'float' });
    for (const [name, tag] of Object.entries(tags)) {
      expect(name).toMatch(/^[a-z0-9_]{1,64}$/);
      expect(['float', 'int', undefined]).toContain(tag.Type);
      expect(tag).not.toHaveProperty('Album');
      expect(tag.Aliases.every((alias) => alias === alias.toLowerCase())).toBe(true);
    }
  },
);

it('leaves the head of the file free for other settings in the tables style, and its end in the dotted one', () => {
  const others = 'MusicFolder = "/music"\n[LastFM]\nEnabled = true\n';
  const dotted = parse(navidromeConfig(fields, { style: 'dotted' }) + others);
  const tables = parse(others + navidromeConfig(fields, { style: 'tables' }));
  for (const config of [dotted, tables])
    expect(config).toMatchObject({ MusicFolder: '/music', LastFM: { Enabled: true } });
  expect(dotted.Tags).toEqual(tables.Tags);
});

it('feeds the moods into the mood field of Navidrome without taking its own aliases away', () => {
  const { Mood } = tagsOf(navidromeConfig(fields, { style: 'dotted', feedMood: 'regular' }));
  expect(Mood.Aliases.slice(0, 4)).toEqual(['tmoo', 'mood', '----:com.apple.itunes:mood', 'wm/mood']);
  expect(Mood.Aliases).toContain('nom:mood-regular');
  expect(tagsOf(navidromeConfig(fields, { style: 'dotted' })).Mood).toBeUndefined();
});

const aKey = (key: string): TagKey => ({
  key,
  type: 'float',
  isMultiple: false,
  isMinimal: false,
  source: { from: 'provenance' },
});

it('folds every key to a name of its own that Navidrome has not taken', () => {
  const keys = ['deep house', 'deep-house', 'Déjà "vu".x', 'a'.repeat(90), `${'a'.repeat(90)}b`].map(aKey);
  const names = createFields('nom', keys).own.map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(['nom_deep_house', 'nom_deep_house_2', 'nom_d_j___vu__x']);
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => /^[a-z0-9_]{1,64}$/.test(name) && !RESERVED.has(name))).toBe(true);
  const taken = createFields('mbz', [aKey('album_id')]).own.map(({ name }) => name);
  expect(taken).toEqual(['mbz_album_id_2']);
  const quoted = tagsOf(navidromeConfig(createFields('nom', keys), { style: 'dotted' }));
  expect(quoted.nom_d_j___vu__x.Aliases).toEqual(['nom:déjà "vu".x']);
});

it('finds a field by the ways in which people and the documents write it', () => {
  const names = ['nom:happy', 'NOM:mood_happy', 'tag:happy', 'tag:nom:happy', 'nom_happy', 'happy'];
  expect(names.map((name) => fields.resolve(name)?.name)).toEqual(names.map(() => 'nom_happy'));
  expect(fields.resolve('nom:mood')?.name).toBe('nom_mood_regular');
  expect(fields.resolve('nom:mood_strict')?.name).toBe('nom_mood_strict');
  expect(fields.resolve('bpm')?.kind).toBe('column');
  expect(fields.resolve('tag:bpm')?.name).toBe('nom_bpm');
  expect(fields.resolve('recordingDate')?.name).toBe('date');
  expect(fields.resolve('nom:nothing')).toBeUndefined();
});
