/**
 * Settings: what a person may choose, each with a schema and a default. Owns the table `setting`; others read them as
 * one plain object and are told by an event when it changes.
 */
export { type SettingName, Settings, settingsContract } from './contract';
export { createSettings, type SettingsStore, settingsHandlers } from './settings';
