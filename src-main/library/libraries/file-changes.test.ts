import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { requires } from '../../../test/support/requirements';
import { aScheduler } from '../../../test/support/scheduler';
import { putTone, temporaryFolder } from '../../../test/support/small-music';
import { aTagWriter } from '../../../test/support/tag-writer';
import { EVENTS, Settings } from '../../app/contract';
import { payloadHash, readMetadata } from '../../files/tag-formats';
import { openDatabase } from '../../platform/database';
import { createEventBus } from '../../platform/events';
import { createTrackRepository } from '../tracks';
import { createFileChanges } from './file-changes';
import { createLibraries } from './libraries';

const { it } = requires('ffmpeg');

it('lets each file be put back after two have changed places', async () => {
  const folder = temporaryFolder('places');
  onTestFinished(folder.remove);
  const [one, two] = ['one.mp3', 'two.mp3'].map((name) => join(folder.path, name));
  putTone(one, 440, { title: 'One' });
  putTone(two, 550, { title: 'Two' });
  const db = openDatabase(':memory:');
  const events = createEventBus(EVENTS);
  const tracks = createTrackRepository(db);
  const writer = aTagWriter({ db, reserveBytes: 0 });
  const libraries = createLibraries({
    ...{ db, tracks, events, readMetadata, payloadHash, moved: writer.moved, scheduler: aScheduler() },
    settings: { current: Settings.parse({ library_auto_tag: false }) },
    enqueueTracks: () => ({ queued: 0, jobIds: [] }),
    knownFailures: () => new Map(),
    report: (thrown) => {
      throw thrown;
    },
  });
  const { id: libraryId } = await libraries.add(folder.path);
  await (await libraries.scan(libraryId)).ended;
  for (const path of [one, two]) await writer.write(await writer.plan(path, { namespace: 'nom', tags: { x: ['1'] } }));

  for (const [from, to] of [
    [one, `${one}.away`],
    [two, one],
    [`${one}.away`, two],
  ])
    renameSync(from, to);
  const changes = createFileChanges({
    ...{ db, tracks, events, readMetadata, payloadHash, moved: writer.moved, getLibrary: libraries.get },
  });
  const placeOf = (inside: string) => ({ libraryId, inside });
  await changes.move([
    { from: placeOf('one.mp3'), to: placeOf('two.mp3') },
    { from: placeOf('two.mp3'), to: placeOf('one.mp3') },
  ]);
  expect(tracks.findByPath(libraryId, 'two.mp3')?.title).toBe('One');
  expect(writer.list({ path: one })).toHaveLength(1);
  expect(await writer.undoFile(one)).toMatchObject({ undone: true });
  expect(await writer.undoFile(two)).toMatchObject({ undone: true });
});
