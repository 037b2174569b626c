/**
 * Settings: what a person may choose, each with a schema and a default. Each domain declares its own in its contract,
 * and `app/contract.ts` gathers them. Owns the table `setting`; others read them as one plain object and are told by an
 * event when it changes.
 */
export type { SettingDefinitions, SettingsEvents } from './contract';
export { createSettings, type SettingsStore, settingsHandlers } from './settings';
