/**
 * Sealing: what has to be kept and can be read again, such as passwords of other servers, encrypted with a key that is
 * not in the database. Owns the table `sealing` and the file `secret.key`.
 */

export { resealOlder, type SealedColumn } from './reseal-older';
export { createSecretBox, type SecretBox } from './secret-box';
export { type KeyProtection, openSecretKey, plainFileKey, randomKey } from './secret-key';
