/** Settings: what can be chosen, backups, keys, the password and the colours. */
export { settings } from './feature';

export { useSettings } from './use-settings';
