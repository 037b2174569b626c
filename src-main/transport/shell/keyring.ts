import type { KeyProtection } from '../../platform/sealing';
import type { Toolkit } from './desktop-parts';

/**
 * The system's keyring as Electron reaches it. On Linux without a secret service Electron
 * encrypts with a password that everybody knows (`basic_text`): that guards nothing, and is said.
 */
export async function openKeyring({ safeStorage }: Pick<Toolkit, 'safeStorage'>): Promise<KeyProtection> {
  // Only Linux has a choice of them, and so this function.
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform;
  if (!(await safeStorage.isAsyncEncryptionAvailable().catch(() => false)))
    return { ...weak('none'), ...crypto(safeStorage) };
  return { ...(backend === 'basic_text' ? weak(backend) : { backend }), ...crypto(safeStorage) };
}

const weak = (backend: string) => ({
  backend,
  weakness:
    'This system has no keyring that Tonearm could use (such as GNOME Keyring or KWallet): whoever may read secret.key in the data folder can open the passwords of other servers.',
});

const crypto = (safeStorage: Toolkit['safeStorage']) => ({
  protect: (text: string) => safeStorage.encryptStringAsync(text),
  async unprotect(data: Buffer) {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(data);
    return { text: result, isOutdated: shouldReEncrypt };
  },
});
