import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { sha, type Workbench, workbench } from '../../../../test/corpus/workbench';
import { requires } from '../../../../test/support/requirements';
import { readTags, type WantedTags } from '../../../files/tag-formats';

const { describe } = requires('ffmpeg');

const bench = workbench();
const standard = { bpm: '128', initialkey: 'Am', replaygain_track_gain: '-7.00 dB', replaygain_track_peak: '0.98' };
const tags = { 'mood-regular': ['calm', 'happy'], tonearm: ['1; calibration none'] };
const WANTED: WantedTags = { namespace: 'nom', tags, standard, mood: ['calm', 'happy'], remembersStandard: true };
const OTHER_MOOD: WantedTags = { ...WANTED, mood: ['sad'], standard: { ...standard, bpm: '90' } };
const NONE: WantedTags = { namespace: 'nom', tags: {} };
const KINDS = ['mp3', 'flac', 'ogg', 'opus', 'm4a', 'wav', 'aiff', 'wv', 'wma'] as const;

describe('The fields for all players', () => {
  let at: Workbench;
  beforeEach(() => {
    at = bench();
  });
  const put = async (file: string, wanted: WantedTags) => at.writer.write(await at.writer.plan(file, wanted));
  const planned = async (file: string, wanted: WantedTags) =>
    Object.fromEntries(
      (await at.writer.plan(file, wanted)).changes.map(({ field, old, new: now }) => [field, [old, now]]),
    );

  it.each(KINDS)('are replaced and removed while they are as we wrote them, and put back by undo: %s', async (kind) => {
    const file = join(at.folder, `song.${kind}`);
    copyFileSync(join(at.base, 'made', `00.${kind}`), file);
    const before = sha(file);
    await put(file, WANTED);
    expect(await planned(file, WANTED)).toEqual({});
    expect(await readTags(file, 'nom')).toEqual(tags);
    const written = sha(file);
    await put(file, OTHER_MOOD);
    expect(await planned(file, { ...OTHER_MOOD, mood: ['calm'] })).toMatchObject({ mood: [['sad'], ['calm']] });
    expect(await planned(file, NONE)).toMatchObject({
      mood: [['sad'], []],
      bpm: [['90'], []],
      initialkey: [['Am'], []],
    });
    await put(file, NONE);
    expect(await planned(file, { ...WANTED, mood: [] })).toMatchObject({ bpm: [[], ['128']] });
    await at.writer.undoFile(file);
    await at.writer.undoFile(file);
    expect(sha(file)).toBe(written);
    await at.writer.undoFile(file);
    expect(sha(file)).toBe(before);
  });

  it.each(KINDS)('leave what others wrote, alike or not: %s', async (kind) => {
    const file = join(at.folder, `song.${kind}`);
    copyFileSync(join(at.base, 'made', `00.${kind}`), file);
    // As another program would: nothing is remembered of it.
    await put(file, { ...NONE, mood: ['calm', 'happy'], standard: { bpm: '128' } });
    await put(file, WANTED);
    expect(await planned(file, OTHER_MOOD)).toEqual({});
    expect(Object.keys(await planned(file, NONE))).not.toContain('mood');
    expect(Object.keys(await planned(file, NONE))).toContain('initialkey');
    expect(await planned(file, { ...OTHER_MOOD, overwriteStandard: true })).toMatchObject({
      mood: [['calm', 'happy'], ['sad']],
      bpm: [['128'], ['90']],
    });
  });

  it('are not ours any more once somebody has changed them', async () => {
    await put(at.file, WANTED);
    await put(at.file, { ...WANTED, mood: ['mine'], overwriteStandard: true, remembersStandard: false });
    expect(await planned(at.file, WANTED)).not.toHaveProperty('mood');
    expect(await planned(at.file, NONE)).not.toHaveProperty('mood');
  });
});
