import { defineKind, type KindServices } from '../../connection-kinds';
import {
  failureReason,
  type LocalLibrary,
  type OpenConnection,
  providerFailure,
  SKIP_TLS_FIELD,
  type Tested,
} from '../../connections';
import { createNavidromes, NAVIDROME, openNavidrome } from './client';
import { navidromeHandlers } from './handlers';
import { NavidromeOptions } from './options';
import { createPlaylistServers } from './publish';
import { createRescanner } from './rescanner';
import { timeWarnings } from './time-warnings';

export const navidromeKind = defineKind({
  ...NAVIDROME,
  summary: 'Publishes playlists, and has Navidrome read the tags that Tonearm wrote.',
  urlExample: 'http://192.168.1.2:4533',
  options: NavidromeOptions,
  fields: [
    {
      name: 'username',
      label: 'User name',
      hint: 'An administrator, if Tonearm is to start scans. Playlists belong to this user.',
      type: 'text',
      isRequired: true,
      initial: '',
    },
    { name: 'secret', label: 'Password', type: 'password', isRequired: true, initial: '' },
    {
      name: 'rescanAfterTagging',
      label: 'Rescan after tags were written',
      hint: 'Navidrome scans the changed folders once the queue has been quiet for half a minute.',
      type: 'switch',
      isRequired: false,
      initial: true,
    },
    SKIP_TLS_FIELD,
  ],
  test: testNavidrome,
  create: createNavidromePart,
});

function createNavidromePart(services: KindServices) {
  const { connections, alarms, music, playlists, safeFiles } = services;
  const navidromes = createNavidromes(connections, alarms);
  return {
    capabilities: {
      publish: createPlaylistServers({ navidromes, music, playlists, safeFiles }),
      rescan: createRescanner({ navidromes, music, localOf: services.localOf }),
    },
    handlers: navidromeHandlers({ ...services, navidromes }),
    stop: () => navidromes.close(),
  };
}

const NO_ADMIN =
  'This user is no administrator: Tonearm cannot start scans or see where the libraries lie. Playlists can be published.';
const NO_NATIVE =
  'The login of the web page does not work, so smart playlists cannot be published directly; as files they can. Is it behind a proxy that logs in by itself?';

async function testNavidrome(connection: OpenConnection, libraries: readonly LocalLibrary[]): Promise<Tested> {
  const navidrome = openNavidrome(connection);
  try {
    const { type, version } = await navidrome.subsonic.ping();
    if (type.toLowerCase() !== 'navidrome')
      throw providerFailure('not_this_product', `${connection.url} is not Navidrome but ${type}.`);
    const warnings = await warningsOf(navidrome.native.isAdmin());
    return { version, warnings: [...warnings, ...timeWarnings(libraries)] };
  } finally {
    navidrome.close();
  }
}

async function warningsOf(isAdmin: Promise<boolean>): Promise<string[]> {
  try {
    return (await isAdmin) ? [] : [NO_ADMIN];
  } catch (thrown) {
    if (failureReason(thrown) === undefined) throw thrown;
    return [NO_NATIVE];
  }
}
