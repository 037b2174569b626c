import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src-main/platform/database';
import { HAPPY, workbench } from '../corpus/workbench';
import { pathOf, requires } from '../support/requirements';
import { aTagWriter } from '../support/tag-writer';
import { recordFigure } from './figures';

const { describe } = requires('ffmpeg', 'extended attributes');

const bench = workbench();
let folder = '';
let base = '';
beforeEach(() => {
  ({ folder, base } = bench());
});

const isRoot = process.getuid?.() === 0;
const MTIME = 1_111_111_111_234_567_000n;

/** Everything but content, inode and the time of the last look, as the system tells it to another program. */
const TELL = `
import os, sys, json
s = os.lstat(sys.argv[1])
x = {n: os.getxattr(sys.argv[1], n).hex() for n in sorted(os.listxattr(sys.argv[1]))}
print(json.dumps([oct(s.st_mode), s.st_uid, s.st_gid, s.st_mtime_ns // 1000000, s.st_nlink, x]))`;

/** An access list by its bytes, for there may be no program that sets one: user 1234 may read beside owner and group. */
const ARRANGE = `
import os, struct, sys
p = sys.argv[1]
os.setxattr(p, 'user.rating', b'5')
os.setxattr(p, 'user.empty', b'')
os.setxattr(p, 'user.long', bytes(range(256)) * 8)
entries = [(1, 6, 0xffffffff), (2, 4, 1234), (4, 4, 0xffffffff), (16, 4, 0xffffffff), (32, 0, 0xffffffff)]
try:
    os.setxattr(p, 'system.posix_acl_access', struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *e) for e in entries))
except OSError:
    pass
if os.getuid() == 0:
    os.chown(p, 1234, 4321)
os.utime(p, ns=(${MTIME}, ${MTIME}))`;

const tell = (path: string) => execFileSync(pathOf('python3'), ['-c', TELL, path], { encoding: 'utf8' });

describe('What a file has beside its content', () => {
  it('is the same after a write and after an undo: mode, owner, attributes, access list and time', async () => {
    const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
    const names = readdirSync(join(base, 'made'));
    let hasAccessList = false;
    for (const name of names) {
      const path = join(folder, name);
      copyFileSync(join(base, 'made', name), path);
      execFileSync(pathOf('python3'), ['-c', ARRANGE, path]);
      const before = tell(path);
      hasAccessList = before.includes('posix_acl_access');
      expect(before).toContain('user.rating');
      await writer.write(await writer.plan(path, HAPPY));
      expect(tell(path), name).toBe(before);
      await writer.undoFile(path);
      expect(tell(path), name).toBe(before);
    }
    const cases = names.length * 2;
    const what = `mode, time, 3 extended attributes${hasAccessList ? ', access list' : ''}${isRoot ? ', owner' : ''}`;
    const note = 'the time of birth is that of the new file: Linux lets no program set it';
    recordFigure('R11', { what, cases, passed: cases, line: 'equal to before', note });
  });

  it('takes a new time when the library wants that, and gets the old one back by an undo', async () => {
    const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
    const path = join(folder, 'song.flac');
    const before = statSync(path).mtimeMs;
    const began = Date.now();
    await writer.write(await writer.plan(path, HAPPY), { keepMtime: false });
    expect(statSync(path).mtimeMs).toBeGreaterThanOrEqual(Math.floor(began) - 1);
    await writer.undoFile(path);
    expect(statSync(path).mtimeMs).toBeCloseTo(before, 0);
    recordFigure('R11', { what: 'new time when wanted, old one by undo', cases: 1, passed: 1, line: 'as chosen' });
  });
});
