import { createCipheriv, randomBytes, scryptSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../database';
import { resealOlder } from './reseal-older';
import { createSecretBox } from './secret-box';
import { type KeyProtection, openSecretKey, phraseKey, plainFileKey, randomKey } from './secret-key';

const at = (row: number) => ({ table: 'connection', row, column: 'secret' });
const aFile = () => join(mkdtempSync(join(tmpdir(), 'tonearm-seal-')), 'secret.key');

/** A keyring that turns texts around; `isLocked` is for tests to set. */
function aKeyring(): KeyProtection & { isLocked: boolean } {
  const turned = (text: string) => text.split('').reverse().join('');
  return {
    backend: 'a keyring',
    isLocked: false,
    protect: async (text) => Buffer.from(turned(text)),
    async unprotect(data) {
      if (this.isLocked) throw new Error('locked');
      return { text: turned(data.toString()), isOutdated: false };
    },
  };
}

it('opens a value where it was sealed, and in no other row, column or table', () => {
  const box = createSecretBox(openDatabase(':memory:'), randomKey());
  const sealed = box.seal('correct horse', at(1));
  expect(box.open(sealed, at(1))).toBe('correct horse');
  for (const place of [at(2), { ...at(1), column: 'token' }, { ...at(1), table: 'lidarr_link' }])
    expect(() => box.open(sealed, place)).toThrow(/Enter it again/);
});

it('says what to do about a value that was altered or sealed with another key', () => {
  const file = aFile();
  const db = openDatabase(':memory:');
  const sealed = createSecretBox(db, plainFileKey(file)).seal('correct horse', at(1));
  expect(createSecretBox(db, plainFileKey(file)).open(sealed, at(1))).toBe('correct horse');
  expect(() => createSecretBox(db, phraseKey('a phrase')).open(sealed, at(1))).toThrow(/Enter it again/);
  sealed[sealed.length - 1] ^= 1;
  expect(() => createSecretBox(db, plainFileKey(file)).open(sealed, at(1))).toThrow(/Enter it again/);
});

it('makes of one phrase another key in each installation, and opens its own values in a restored database', () => {
  const [one, other] = [openDatabase(':memory:'), openDatabase(':memory:')];
  const salts = [one, other].map((db) => {
    createSecretBox(db, phraseKey('a phrase')).seal('x', at(1));
    return db.prepare<[], Buffer>('SELECT salt FROM sealing').pluck().get();
  });
  expect(salts[0]).not.toEqual(salts[1]);
  expect(phraseKey('a phrase').keyFor(salts[0]!)).not.toEqual(phraseKey('a phrase').keyFor(salts[1]!));
  const sealed = createSecretBox(one, phraseKey('a phrase')).seal('correct horse', at(1));
  expect(createSecretBox(other, phraseKey('a phrase')).open(sealed, at(1))).toBe('correct horse');
});

it('makes its key file once, for its owner alone', () => {
  const file = aFile();
  const key = () => plainFileKey(file).keyFor(Buffer.alloc(16));
  expect(key()).toEqual(key());
  expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32);
  if (process.platform === 'win32') return;
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o644);
  key();
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

/** As values were sealed before they knew their place. */
function sealedBefore(text: string, key: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

it.each(['file', 'phrase'] as const)('seals values from before anew, for their rows, under a %s', (kind) => {
  const file = aFile();
  const secret = randomBytes(32);
  writeFileSync(file, secret.toString('base64'), { mode: 0o600 });
  const key = () => (kind === 'file' ? plainFileKey(file) : phraseKey('a phrase'));
  const oldKey = kind === 'file' ? secret : scryptSync('a phrase', 'tonearm.connections.1', 32);
  const db = openDatabase(':memory:');
  const add = db.prepare(
    "INSERT INTO connection (kind, name, url, secret, created_at, updated_at) VALUES ('x', ?, 'u', ?, '', '')",
  );
  add.run('one', sealedBefore('correct horse', oldKey));
  add.run('of another key', sealedBefore('battery staple', randomBytes(32)));
  add.run('none', null);
  const secretOf = (id: number) =>
    db.prepare<[number], Buffer>('SELECT secret FROM connection WHERE id = ?').pluck().get(id)!;
  const lost = secretOf(2);

  const box = createSecretBox(db, key());
  expect(() => box.open(secretOf(1), at(1))).toThrow(/Enter it again/);
  resealOlder(db, box, [{ table: 'connection', row: 'id', column: 'secret' }]);
  expect(box.open(secretOf(1), at(1))).toBe('correct horse');
  // The key that it was sealed with may come back.
  expect(secretOf(2)).toEqual(lost);
  expect(() => box.open(secretOf(2), at(2))).toThrow(/Enter it again/);
});

it('puts the key under the guard of the system’s keyring, the one that was there before too', async () => {
  const file = aFile();
  const salt = Buffer.alloc(16);
  const before = plainFileKey(file).keyFor(salt);
  const plain = readFileSync(file, 'utf8');
  const keyring = aKeyring();
  const guarded = await openSecretKey(file, '', keyring);
  expect(guarded).toMatchObject({ scheme: 'os', warning: undefined });
  expect(guarded.keyFor(salt)).toEqual(before);
  expect(readFileSync(file, 'utf8')).not.toContain(plain);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ v: 1, scheme: 'os', backend: 'a keyring' });
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await openSecretKey(file, '', keyring)).keyFor(salt)).toEqual(before);
});

it('leaves a key that the keyring does not open now as it is, and says why nothing can be opened', async () => {
  const file = aFile();
  const keyring = aKeyring();
  await openSecretKey(file, '', keyring);
  const kept = readFileSync(file, 'utf8');
  keyring.isLocked = true;
  const locked = await openSecretKey(file, '', keyring);
  expect(locked.warning).toMatch(/keyring does not open .*secret\.key now/);
  expect(() => createSecretBox(openDatabase(':memory:'), locked).seal('x', at(1))).toThrow(/Unlock it/);
  const elsewhere = await openSecretKey(file, '');
  expect(() => elsewhere.keyFor(Buffer.alloc(16))).toThrow(/desktop window alone/);
  expect(readFileSync(file, 'utf8')).toBe(kept);
});

it('keeps a plain file, and says so, where the keyring guards nothing or does not give back what it got', async () => {
  const weak = await openSecretKey(aFile(), '', { ...aKeyring(), weakness: 'It guards nothing.' });
  expect(weak).toMatchObject({ scheme: 'file', warning: 'It guards nothing.' });
  const broken = await openSecretKey(aFile(), '', { ...aKeyring(), protect: async () => Buffer.from('something') });
  expect(broken.scheme).toBe('file');
  expect(broken.warning).toMatch(/refused to guard/);
  const file = aFile();
  expect((await openSecretKey(file, 'a phrase', aKeyring())).scheme).toBe('phrase');
});
