import { inferenceEvents, inferenceSettings, modelsContract } from '../analysis/inference/contract';
import { nomarrContract } from '../compat/nomarr/contract';
import { analyticsContract } from '../discovery/analytics/contract';
import { playlistsContract, playlistsEvents, playlistsSettings } from '../discovery/playlists/contract';
import { playlistImportContract } from '../discovery/playlists/import/contract';
import { similarityContract } from '../discovery/similarity/contract';
import { verificationContract } from '../files/verify/contract';
import { queueContract, queueEvents, queueSettings } from '../jobs/queue/contract';
import { calibrationContract, calibrationEvents, calibrationSettings } from '../library/calibration/contract';
import { librariesContract, librariesEvents, librariesSettings } from '../library/libraries/contract';
import { taggingContract, taggingEvents, taggingSettings } from '../library/tagging/contract';
import { writePlansContract, writePlansEvents } from '../library/tagging/plan/contract';
import { tracksContract, tracksEvents } from '../library/tracks/contract';
import { auditContract } from '../platform/audit/contract';
import { authContract } from '../platform/auth/contract';
import { backupsContract } from '../platform/backups/contract';
import { clockEvents } from '../platform/clock/contract';
import type { EventsOf } from '../platform/events/contract';
import { healthContract, healthEvents } from '../platform/health/contract';
import { reverseProxySettings } from '../platform/reverse-proxy/contract';
import { type SettingsOf, settingsContractOf, settingsEvents, settingsSchema } from '../platform/settings/contract';
import { lidarrContract } from '../servers/arr/lidarr/contract';
import { connectionsContract, connectionsEvents } from '../servers/connections/contract';
import { navidromeContract } from '../servers/media-server/navidrome/contract';
import { pathMappingsContract, pathMappingsEvents } from '../servers/path-mapping/contract';
import { publishingContract } from '../servers/publishing/contract';
import { inboundContract, inboundEvents } from '../servers/webhooks-in/contract';
import { shellSettings } from '../transport/shell/contract';

/** Every setting there is, in the order of the page of settings. */
export const SETTINGS = {
  ...inferenceSettings,
  ...taggingSettings,
  ...librariesSettings,
  ...calibrationSettings,
  ...playlistsSettings,
  ...queueSettings,
  ...shellSettings,
  ...reverseProxySettings,
};
export const Settings = settingsSchema(SETTINGS);
export type Settings = SettingsOf<typeof SETTINGS>;
export type SettingName = keyof Settings;

/** Every event there is, by name, with the schema of what it carries. */
export const EVENTS = {
  ...queueEvents,
  ...inferenceEvents,
  ...healthEvents,
  ...tracksEvents,
  ...librariesEvents,
  ...taggingEvents,
  ...writePlansEvents,
  ...calibrationEvents,
  ...playlistsEvents,
  ...connectionsEvents,
  ...inboundEvents,
  ...pathMappingsEvents,
  ...settingsEvents,
  ...clockEvents,
};
export type Events = EventsOf<typeof EVENTS>;
export type EventName = keyof Events;

/** Every procedure there is, by domain: what IPC, HTTP, `nom` and the API's page are made from. */
export const contract = {
  health: healthContract,
  audit: auditContract,
  auth: authContract,
  libraries: librariesContract,
  tracks: tracksContract,
  queue: queueContract,
  playlists: playlistsContract,
  playlistImport: playlistImportContract,
  tagging: taggingContract,
  writePlans: writePlansContract,
  verification: verificationContract,
  models: modelsContract,
  calibration: calibrationContract,
  analytics: analyticsContract,
  similarity: similarityContract,
  settings: settingsContractOf(SETTINGS),
  backups: backupsContract,
  connections: connectionsContract,
  navidrome: navidromeContract,
  publishing: publishingContract,
  pathMappings: pathMappingsContract,
  inbound: inboundContract,
  lidarr: lidarrContract,
  nomarr: nomarrContract,
} as const;
