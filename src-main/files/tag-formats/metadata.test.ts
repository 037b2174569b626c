import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSmallFiles } from '../../../test/corpus/build';
import { sharedAudio } from '../../../test/support/real-music';
import { requires } from '../../../test/support/requirements';
import { readMetadata } from '.';

let base = '';
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'tonearm-metadata-'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

requires('ffmpeg').it('reads small files of every kind', async () => {
  const files = await buildSmallFiles(join(base, 'many'), 40);
  for (const file of files) expect((await readMetadata(file)).title, basename(file)).toBe('A title');
});

it('gives a reason for what is no audio', async () => {
  const path = join(base, 'notes.mp3');
  await expect(readMetadata(path)).rejects.toMatchObject({ code: 'not_found' });
  writeFileSync(path, 'not a sound');
  await expect(readMetadata(path)).rejects.toMatchObject({ code: 'unreadable_audio' });
  writeFileSync(path, '');
  await expect(readMetadata(path)).rejects.toMatchObject({ code: 'unreadable_audio', message: 'The file is empty.' });
});

requires('ffmpeg').it('says of a file that can be heard but holds no tags what it is', async () => {
  const path = join(base, 'tone.w64');
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'sine=duration=1', '-y', path]);
  await expect(readMetadata(path)).rejects.toMatchObject({ code: 'unsupported_file' });
});

requires('real music and models').it('reads real music', async () => {
  for (const name of readdirSync(sharedAudio!).filter((name) => /\.(ogg|opus|flac|mp3|m4a|wav)$/.test(name))) {
    const found = await readMetadata(join(sharedAudio!, name));
    expect(found.title, name).toBeTruthy();
    expect(found.album, name).toBe('The Battle for Wesnoth OST');
    expect(found.durationMs, name).toBeGreaterThan(5000);
  }
});
