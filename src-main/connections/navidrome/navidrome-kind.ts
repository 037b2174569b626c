import { z } from 'zod';
import { CommonOptions, type ConnectionKind, type OpenConnection, SKIP_TLS_FIELD, type Tested } from '../kind';
import { providerFailure } from '../provider-failure';
import { createSubsonicCall } from './subsonic-call';

export const NavidromeOptions = CommonOptions.extend({
  /** Have Navidrome look at the folders in which we changed tags. */
  rescanAfterTagging: z.boolean().default(true),
});

export const navidromeKind: ConnectionKind = {
  kind: 'navidrome',
  title: 'Navidrome',
  summary: 'Publishes smart playlists, and has Navidrome read the tags that Tonearm wrote.',
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
      hint: 'Navidrome looks at the touched folders once the queue has been quiet for half a minute.',
      type: 'switch',
      isRequired: false,
      initial: true,
    },
    SKIP_TLS_FIELD,
  ],
  test: testNavidrome,
};

async function testNavidrome(connection: OpenConnection): Promise<Tested> {
  const subsonic = createSubsonicCall(connection);
  try {
    const { type = 'an unnamed server', serverVersion = null } = await subsonic.call({ method: 'ping' });
    if (type.toLowerCase() !== 'navidrome')
      throw providerFailure('not_this_product', `${connection.url} is not Navidrome but ${type}.`);
    return { version: serverVersion, warnings: [] };
  } finally {
    subsonic.close();
  }
}
