import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { payloadHash, readTags } from '../../src-main/files/tag-formats';
import { openDatabase } from '../../src-main/platform/database';
import { readByFfprobe, readByTagLib } from '../corpus/readers';
import { ourValues } from '../corpus/readings';
import { withOtherUserData } from '../corpus/rearranged';
import { HAPPY, sha } from '../corpus/workbench';
import { shared } from '../support/real-music';
import { requires } from '../support/requirements';
import { aTagWriter } from '../support/tag-writer';

const folder = mkdtempSync(join(tmpdir(), 'tonearm-mp4-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const library = shared && join(shared, 'faults/audio/library');

requires('ffmpeg').it(
  'writes into MP4 files however they keep metadata or none, and leads each back',
  async () => {
    const whole = join(folder, 'whole.m4a');
    const sound = ['-f', 'lavfi', '-i', 'sine=duration=1', '-metadata', 'title=A title', '-c:a', 'aac'];
    execFileSync('ffmpeg', ['-v', 'error', ...sound, whole]);
    for (const [name, bytes] of Object.entries(withOtherUserData(readFileSync(whole)))) {
      writeFileSync(join(folder, `${name}.m4a`), bytes);
    }
    for (const name of library && existsSync(library) ? readdirSync(library) : []) {
      if (name.startsWith('mp4-'))
        writeFileSync(join(folder, name.replace('mp4', 'found')), readFileSync(join(library!, name)));
    }
    const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const [before, audio] = [sha(path), await payloadHash(path)];
      const isRead = await readByTagLib(path).then(
        () => true,
        () => false,
      );
      // It stops at user data that is closed by zeros, and of several boxes with some it reads the first alone.
      expect(isRead, name).toBe(name !== 'closed-udta.m4a');
      const written = await writer.write(await writer.plan(path, HAPPY));
      expect(await readTags(path, 'nom'), name).toEqual({ 'mood-strict': ['happy', 'calm'], happy: ['0.8123'] });
      expect(await payloadHash(path), name).toBe(audio);
      expect(ourValues(await readByFfprobe(path), 'happy'), name).toEqual(['0.8123']);
      if (!name.includes('two-udta')) expect(ourValues(await readByTagLib(path), 'happy'), name).toEqual(['0.8123']);
      await writer.undo(written!.id);
      expect(sha(path), name).toBe(before);
    }
  },
  180_000,
);
