import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { safeStorage as standIn } from '../../../test/support/electron/safe-storage';
import { openSecretKey } from '../../platform/sealing';
import type { Toolkit } from './desktop-parts';
import { openKeyring } from './keyring';

const safeStorage = standIn as Toolkit['safeStorage'];
afterEach(() => {
  delete process.env.STAND_IN_KEYRING;
});

/** A data folder whose key lay there in plain, as on a server. */
function aKeyFile() {
  const file = join(mkdtempSync(join(tmpdir(), 'tonearm-keyring-')), 'secret.key');
  const plain = Buffer.alloc(32, 7).toString('base64');
  writeFileSync(file, plain, { mode: 0o600 });
  return { file, plain, text: () => readFileSync(file, 'utf8') };
}
const open = async (file: string) => openSecretKey(file, '', await openKeyring({ safeStorage }));

it('has the keyring of the system guard the key, and opens it again', async () => {
  const { file, plain, text } = aKeyFile();
  const key = await open(file);
  expect(key).toMatchObject({ scheme: 'os', warning: undefined });
  expect(text()).not.toContain(plain);
  const salt = Buffer.alloc(16);
  expect((await open(file)).keyFor(salt)).toEqual(key.keyFor(salt));
});

it.skipIf(process.platform !== 'linux')(
  'says that a Linux without a keyring guards nothing, and changes nothing',
  async () => {
    process.env.STAND_IN_KEYRING = 'weak';
    const { file, plain, text } = aKeyFile();
    expect((await open(file)).warning).toMatch(/no keyring that Tonearm could use/);
    expect(text()).toBe(plain);
  },
);

it('says what to do while the keyring is locked, and loses nothing', async () => {
  const { file, text } = aKeyFile();
  await open(file);
  const guarded = text();
  process.env.STAND_IN_KEYRING = 'locked';
  const key = await open(file);
  expect(key.warning).toMatch(/Unlock it and start Tonearm again/);
  expect(() => key.keyFor(Buffer.alloc(16))).toThrow(/Unlock it/);
  expect(text()).toBe(guarded);
});
