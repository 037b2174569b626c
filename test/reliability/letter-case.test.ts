import { copyFileSync, existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { payloadHash, readTags } from '../../src-main/files/tag-formats';
import { openDatabase } from '../../src-main/platform/database';
import { type CaselessDrive, mountCaseless } from '../corpus/caseless-drive';
import { HAPPY, SAD } from '../corpus/workbench';
import { makeMusic, sha } from '../e2e/music';
import { batchEnded, type Served, serve, until } from '../e2e/served';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { aTagWriter } from '../support/tag-writer';
import { writeTinyModels } from '../support/tiny-model';
import { recordFigure } from './figures';

const { describe } = requires('ffmpeg', 'a drive without letter case');

const folder = temporaryFolder('letter-case');
let drive: CaselessDrive;
let app: Served | undefined;

describe('On a drive that ignores letter case', () => {
  const at = (name: string) => join(drive.path, name);
  beforeAll(() => {
    drive = mountCaseless()!;
  });
  afterAll(async () => {
    await app?.kill();
    drive.remove();
    folder.remove();
  });

  it('writes one file under either spelling, one after the other and at once, and brings it back', async () => {
    const [made] = await makeMusic(join(folder.path, 'made'), 1);
    copyFileSync(made, at('Song.mp3'));
    const original = sha(at('Song.mp3'));
    const payload = await payloadHash(at('Song.mp3'));
    const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
    await writer.write(await writer.plan(at('Song.mp3'), HAPPY));
    await writer.write(await writer.plan(at('song.mp3'), SAD));
    expect(await readTags(at('SONG.mp3'), 'nom')).toEqual(SAD.tags);
    await writer.undoFile(at('song.mp3'));
    await writer.undoFile(at('Song.mp3'));
    expect(sha(at('Song.mp3'))).toBe(original);
    const plans = [await writer.plan(at('Song.mp3'), HAPPY), await writer.plan(at('song.mp3'), SAD)];
    const outcomes = await Promise.allSettled(plans.map((plan) => writer.write(plan)));
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    expect([[], ['file_changed']]).toContainEqual(refusals);
    expect([HAPPY.tags, SAD.tags]).toContainEqual(await readTags(at('Song.mp3'), 'nom'));
    expect(await payloadHash(at('Song.mp3'))).toBe(payload);
    expect(readdirSync(drive.path).map((name) => name.toLowerCase())).toEqual(['song.mp3']);
    copyFileSync(made, at('Song.mp3'));
    renameSync(at('song.mp3'), at('Song.mp3'));
  });

  it('knows a file as one track, whatever the spelling, also after a rename that changes nothing else', async () => {
    const original = sha(at('Song.mp3'));
    app = await serve({ data: join(folder.path, 'data'), models: writeTinyModels(join(folder.path, 'models')) });
    const { api } = app;
    await api.settings.update({ library_auto_tag: false });
    const { id } = await api.libraries.add({ root_path: drive.path, watchMode: 'off' });
    const library = async () => (await api.libraries.list({}))[0];
    const scan = async () => {
      const before = (await library()).lastScanAt;
      await api.libraries.scan({ id, enqueue: false });
      await until('the scan to end', async () => (await library()).lastScanAt !== before);
      return library();
    };
    expect(await scan()).toMatchObject({ trackCount: 1, missingCount: 0 });
    const { batch_id: batchId } = await api.queue.tag({ path: at('SONG.mp3') });
    expect(await batchEnded(api, batchId)).toMatchObject({ found: 1, done: 1 });
    expect(await scan()).toMatchObject({ trackCount: 1, missingCount: 0 });
    renameSync(at('Song.mp3'), at('song.MP3'));
    expect(existsSync(at('Song.mp3'))).toBe(true);
    expect(await scan()).toMatchObject({ trackCount: 1, missingCount: 0 });
    expect(await api.tagging.undoBatch({ batch_id: batchId })).toEqual({ undone: 1, refused: [] });
    expect(sha(at('song.mp3'))).toBe(original);
    expect(readdirSync(drive.path)).toEqual(['song.MP3']);
    recordFigure('R10, letter case', {
      what: `${drive.name}, which ignores letter case: two spellings written in turn and at once, scanned, renamed in case only`,
      ...{ cases: 5, passed: 5, line: 'one file, one track, brought back' },
    });
  });
});
