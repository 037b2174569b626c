import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { VERSION } from '../../platform/paths';
import { aFolder } from './nom.fixture';

const LAUNCHER = join(import.meta.dirname, '../../../nom');

it.skipIf(process.platform === 'win32')(
  'runs the command of the clone from any folder, also through a link, and names itself as it was called',
  () => {
    const elsewhere = aFolder();
    const link = join(elsewhere, 'music-nom');
    symlinkSync(LAUNCHER, link);
    const call = (...args: string[]) => spawnSync(link, args, { cwd: elsewhere, encoding: 'utf8' });
    expect(call('--version')).toMatchObject({ status: 0, stdout: `${VERSION}\n` });
    expect(call('--help').stdout).toContain(`Usage: ${link} `);
  },
  180_000,
);
