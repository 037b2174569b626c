import { expect, it } from 'vitest';
import { AppError } from '../../rpc';
import { dataFolderFailure } from './data-folder';

it.each(['EACCES', 'EROFS', 'ENOTDIR', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'])(
  'names the folder, the user and the way out when the data folder cannot be used: %s',
  (code) => {
    const failure = dataFolderFailure('/srv/data', Object.assign(new Error('no'), { code })) as AppError;
    expect(failure).toMatchObject({ name: 'AppError', code: 'not_writable' });
    expect(failure.message).toMatch(/^The data folder \/srv\/data .*belong to the user .*TONEARM_DATA or --data/);
  },
);

it('leaves every other failure as it is', () => {
  for (const other of [new AppError('conflict', 'x'), new Error('x'), 'x', undefined])
    expect(dataFolderFailure('/srv/data', other)).toBe(other);
});
