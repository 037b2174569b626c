import { expect, it } from 'vitest';
import { requires } from '..';

const run = () => {
  throw new Error('It ran.');
};

it('needs nothing', () => expect(1 + 1).toBe(2));
it.skip('is skipped by hand', run);
requires('ffmpeg').it('makes a sound', run);
requires('ffmpeg').describe('Sounds', () => {
  it('can be heard', run);
  requires('mutagen').it.each(['soft', 'loud'])('can be %s', run);
  requires('posix').it.skipIf(false)('can be piped', run);
});
requires('curl', 'chromium').it.skipIf(false)('are sent', run, 1000);
