import { cpSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { anAnalysis } from '../../../../test/support/analysis';
import { requires } from '../../../../test/support/requirements';
import { temporaryFolder } from '../../../../test/support/small-music';
import { aTaggedLibrary } from './tag-job.fixture';

const { it } = requires('posix', 'ffmpeg');

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const each of cleanUps.splice(0)) each();
});

/** Puts a link to a true copy outside the library in the place of the file, or of its folder; gives the copy. */
function leadOut(song: string, outside: string, what: 'file' | 'folder'): string {
  const target = what === 'file' ? song : dirname(song);
  const copy = join(outside, what === 'file' ? 'song.mp3' : 'album');
  cpSync(target, copy, { recursive: true, preserveTimestamps: true });
  renameSync(target, join(outside, `${what} as it was`));
  symlinkSync(copy, target);
  return what === 'file' ? copy : join(copy, 'song.mp3');
}

for (const what of ['file', 'folder'] as const) {
  it(`writes no file outside a library that a link took the place of a ${what} for since it was looked at`, async () => {
    const outside = temporaryFolder('outside');
    let swap = () => {};
    const library = await aTaggedLibrary(async () => {
      swap();
      return anAnalysis();
    });
    cleanUps.push(library.folder.remove, outside.remove);
    const { run, song, track, writeJob, aJob, handlers } = library;
    const refusal = { code: expect.stringMatching(/^(outside_library|file_changed)$/) };

    // While it is analyzed.
    mkdirSync(join(outside.path, 'analyzed'));
    const original = readFileSync(song);
    let copy = '';
    swap = () => {
      copy = leadOut(song, join(outside.path, 'analyzed'), what);
    };
    await expect(run()).rejects.toMatchObject(refusal);
    expect(readFileSync(copy)).toEqual(original);

    // After it was analyzed, before a job that only writes.
    renameSync(what === 'file' ? song : dirname(song), join(outside.path, 'link'));
    const before = join(outside.path, 'analyzed', `${what} as it was`);
    renameSync(before, what === 'file' ? song : dirname(song));
    swap = () => {};
    await run({ writeTags: false });
    copy = leadOut(song, outside.path, what);
    const id = track().id;
    const job = aJob({ kind: 'write', path: song, trackId: id });
    const context = { signal: new AbortController().signal, progress: () => {} };
    await expect(writeJob(job, context)).rejects.toMatchObject({ code: 'outside_library' });
    await expect(handlers.remove({ path: song, only: 'all' }, { transport: 'window' })).rejects.toMatchObject(refusal);
    expect(readFileSync(copy)).toEqual(original);
  });
}
