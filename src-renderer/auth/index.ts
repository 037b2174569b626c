/** Being let in: the login in a browser, and the way out again. */
export { Entrance } from './Entrance';
export { logout } from './entrance-store';
