import { analyticsContract } from './analytics/contract';
import { authContract } from './auth/contract';
import { backupsContract } from './backups/contract';
import { calibrationContract } from './calibration/contract';
import { connectionsContract } from './connections/contract';
import { inboundContract } from './connections/inbound/contract';
import { lidarrContract } from './connections/lidarr/contract';
import { navidromeContract } from './connections/navidrome/contract';
import { publishingContract } from './connections/publishing/contract';
import { healthContract } from './health/contract';
import { modelsContract } from './inference/contract';
import { librariesContract } from './libraries/contract';
import { pathMappingsContract } from './libraries/path-mapping/contract';
import { nomarrContract } from './nomarr/contract';
import { playlistsContract } from './playlists/contract';
import { playlistImportContract } from './playlists/import/contract';
import { queueContract } from './queue/contract';
import { settingsContract } from './settings/contract';
import { similarityContract } from './similarity/contract';
import { taggingContract } from './tagging/contract';
import { verificationContract } from './tagging/verify/contract';
import { tracksContract } from './tracks/contract';

/** Every procedure there is, by domain: what IPC, HTTP, `nom` and the API's page are made from. */
export const contract = {
  health: healthContract,
  auth: authContract,
  libraries: librariesContract,
  tracks: tracksContract,
  queue: queueContract,
  playlists: playlistsContract,
  playlistImport: playlistImportContract,
  tagging: taggingContract,
  verification: verificationContract,
  models: modelsContract,
  calibration: calibrationContract,
  analytics: analyticsContract,
  similarity: similarityContract,
  settings: settingsContract,
  backups: backupsContract,
  connections: connectionsContract,
  navidrome: navidromeContract,
  publishing: publishingContract,
  pathMappings: pathMappingsContract,
  inbound: inboundContract,
  lidarr: lidarrContract,
  nomarr: nomarrContract,
} as const;
