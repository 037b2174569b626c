import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src-main/platform/database';
import { temporaryFolder } from '../support/small-music';
import { recordFigure } from './figures';
import { ACTIONS, SWAPS, type Swap, trySwap } from './swapped';

const CASES = Object.entries(ACTIONS).flatMap(([action, steps]) =>
  steps.map((at) => ({ action: action as Swap['action'], at })),
);

describe.skipIf(process.platform === 'win32')('Who may write in the folder of a file', () => {
  it.each(SWAPS)('has nothing of others changed by an exchange of the %s, at any step', async (swap) => {
    const db = openDatabase(':memory:');
    let swapped = 0;
    for (const each of CASES) {
      const home = temporaryFolder('swapped');
      const { swaps, before, after } = await trySwap(db, home.path, { ...each, swap });
      expect(after, `${each.action}, ${each.at}`).toEqual(before);
      swapped += swaps;
      home.remove();
    }
    expect(swapped).toBeGreaterThan(12);
    const who = process.getuid?.() === 0 ? 'root' : 'a user';
    recordFigure('escapes', {
      ...{ what: `exchanges of the ${swap}, as ${who}`, cases: swapped, passed: swapped, line: '100 %' },
      note: 'writing, removing, undoing, recovering; at every step',
    });
  });
});
