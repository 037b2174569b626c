import { modelsContract } from '../analysis/inference/contract';
import { nomarrContract } from '../compat/nomarr/contract';
import { analyticsContract } from '../discovery/analytics/contract';
import { playlistsContract } from '../discovery/playlists/contract';
import { playlistImportContract } from '../discovery/playlists/import/contract';
import { similarityContract } from '../discovery/similarity/contract';
import { verificationContract } from '../files/verify/contract';
import { queueContract } from '../jobs/queue/contract';
import { calibrationContract } from '../library/calibration/contract';
import { librariesContract } from '../library/libraries/contract';
import { taggingContract } from '../library/tagging/contract';
import { tracksContract } from '../library/tracks/contract';
import { authContract } from '../platform/auth/contract';
import { backupsContract } from '../platform/backups/contract';
import { healthContract } from '../platform/health/contract';
import { settingsContract } from '../platform/settings/contract';
import { lidarrContract } from '../servers/arr/lidarr/contract';
import { connectionsContract } from '../servers/connections/contract';
import { navidromeContract } from '../servers/media-server/navidrome/contract';
import { pathMappingsContract } from '../servers/path-mapping/contract';
import { publishingContract } from '../servers/publishing/contract';
import { inboundContract } from '../servers/webhooks-in/contract';

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
