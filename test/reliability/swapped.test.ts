import { chownSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src-main/platform/database';
import { temporaryFolder } from '../support/small-music';
import { recordFigure } from './figures';
import { ACTIONS, SWAPS, type Swap, trySwap } from './swapped';

const CASES = Object.entries(ACTIONS).flatMap(([action, steps]) =>
  steps.map((at) => ({ action: action as Swap['action'], at })),
);

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
/** Whose rights are tried; nobody but root can take those of another. */
const USERS = isRoot ? (['root', 'a user'] as const) : (['a user'] as const);

/** Does it with the rights of a user, to whom a folder is given. */
async function as<T>(who: (typeof USERS)[number], home: string, work: () => Promise<T>): Promise<T> {
  if (who === 'root' || !isRoot) return work();
  chownSync(home, NOBODY, NOBODY);
  process.setegid!(NOBODY);
  process.seteuid!(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
    process.setegid!(0);
  }
}

const EXCHANGES = USERS.flatMap((who) => SWAPS.map((swap) => ({ who, swap })));

describe.skipIf(process.platform === 'win32')('Who may write in the folder of a file', () => {
  it.each(EXCHANGES)(
    'has nothing of others changed as $who by an exchange of the $swap, at any step',
    async ({ who, swap }) => {
      const db = openDatabase(':memory:');
      let swapped = 0;
      for (const each of CASES) {
        const home = temporaryFolder('swapped');
        const { swaps, before, after } = await as(who, home.path, () => trySwap(db, home.path, { ...each, swap }));
        expect(after, `${each.action}, ${each.at}`).toEqual(before);
        swapped += swaps;
        home.remove();
      }
      expect(swapped).toBeGreaterThan(12);
      recordFigure('swapped', {
        ...{ what: `exchanges of the ${swap}, as ${who}`, cases: swapped, passed: swapped, line: '100 %' },
        note: 'writing, removing, undoing, recovering; at every step',
      });
    },
    180_000,
  );
});
