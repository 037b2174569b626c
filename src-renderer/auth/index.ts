/** Being let in: the login in a browser, proving once more who one is, passkeys, and the way out again. */
export { Confirmation } from './Confirmation';
export { Entrance } from './Entrance';
export { logout } from './entrance-store';
export { makePasskey, whyNoPasskeys } from './passkeys';
