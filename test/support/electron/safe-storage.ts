import type Electron from 'electron';

/** What the stand-in's keyring puts in front of what it guards: no encryption, but nothing that passes for the text. */
const MARK = 'guarded:';

type Used = 'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync';

/** A keyring that is there, weak, or locked, as STAND_IN_KEYRING says. */
export const safeStorage: Pick<Electron.SafeStorage, Used> = {
  getSelectedStorageBackend: () => (process.env.STAND_IN_KEYRING === 'weak' ? 'basic_text' : 'gnome_libsecret'),
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text) => Buffer.from(MARK + Buffer.from(text).toString('hex')),
  async decryptStringAsync(data) {
    const text = data.toString();
    if (process.env.STAND_IN_KEYRING === 'locked' || !text.startsWith(MARK)) throw new Error('locked');
    return { result: Buffer.from(text.slice(MARK.length), 'hex').toString(), shouldReEncrypt: false };
  },
};
