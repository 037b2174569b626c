import { settingsContract } from './settings/contract';

/** Every procedure there is, by domain: what IPC, HTTP, `nom` and the API's page are made from. */
export const contract = {
  settings: settingsContract,
} as const;
