import { expect, it } from 'vitest';
import { countNomarrKeys, isNomarrKey, nomarrScoreOf } from './nomarr-keys';

it('reads the dated keys of 2025, whose labels were right', () => {
  expect(nomarrScoreOf('happy_essentia21b6dev1389_musicnn20200331_happy20220825', ['0.8123'])).toEqual({
    ...{ key: 'happy_essentia21b6dev1389_musicnn20200331_happy20220825', head: 'mood_happy', backbone: 'musicnn' },
    ...{ label: 'happy', value: 0.8123, wasInverted: false },
  });
  expect(nomarrScoreOf('not_sad_essentia21b6dev1389_effnet20220217_sad20220825', ['[0.25]'])).toMatchObject({
    head: 'mood_sad',
    label: 'non_sad',
    value: 0.25,
  });
});

it('reads the keys of 2026, and puts right the seven heads that they have the wrong way round', () => {
  const read = (key: string) => nomarrScoreOf(key, ['0.9']);
  expect(read('happy_musicnn_mood_happy-msd-musicnn-1')).toMatchObject({ label: 'happy', wasInverted: false });
  expect(read('not happy_musicnn_mood_happy-msd-musicnn-1')).toMatchObject({ label: 'non_happy', wasInverted: false });
  const inverted = {
    'sad_musicnn_mood_sad-msd-musicnn-1': 'non_sad',
    'not relaxed_musicnn_mood_relaxed-msd-musicnn-1': 'relaxed',
    'party-like_musicnn_mood_party-msd-musicnn-1': 'non_party',
    'tonal_musicnn_tonal_atonal-msd-musicnn-1': 'atonal',
    'has vocals_musicnn_voice_instrumental-msd-musicnn-1': 'instrumental',
    'mainstream_effnet_approachability_2c-discogs-effnet-1': 'not approachable',
    'mellow_effnet_engagement_2c-discogs-effnet-1': 'engaging',
  };
  for (const [key, label] of Object.entries(inverted)) expect(read(key)).toMatchObject({ label, wasInverted: true });
  expect(read('relaxed_musicnn_mood_aggressive-msd-musicnn-1')).toMatchObject({ label: 'not_aggressive' });
});

it('reads the same from Vorbis comments, whose dashes and blanks are gone', () => {
  expect(nomarrScoreOf('party_like_musicnn_mood_party_msd_musicnn_1', ['0.5'])).toMatchObject({
    head: 'mood_party',
    label: 'non_party',
  });
});

it('tells its keys from ours', () => {
  const ours = ['happy', 'mood-strict', 'tonearm', 'bpm', 'genre'];
  expect(countNomarrKeys(ours)).toBe(0);
  expect(countNomarrKeys(['mood-strict'])).toBe(0);
  expect(countNomarrKeys(['nom_version', 'mood-strict', 'happy_musicnn_mood_happy-msd-musicnn-1'])).toBe(3);
  expect(isNomarrKey('nom-version', [])).toBe(true);
  expect(nomarrScoreOf('mood-strict', ['happy'])).toBeUndefined();
  expect(nomarrScoreOf('happy_musicnn_mood_happy-msd-musicnn-1', ['loud'])).toBeUndefined();
});
