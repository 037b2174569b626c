import type { SafeFiles } from '../../../../files/safe-files';
import type { LocalMusic } from '../../../connections';
import type { PlaylistServers, PlaylistSource } from '../../../publishing';
import type { Navidromes } from '../client';
import { createFilePublisher } from './publish-file';
import { createSmartPublisher } from './publish-smart';
import { createStaticPublisher } from './publish-static';

export interface PlaylistServersDeps {
  readonly navidromes: Pick<Navidromes, 'use'>;
  readonly music: LocalMusic;
  readonly playlists: Pick<PlaylistSource, 'tracksOf'>;
  readonly safeFiles: Pick<SafeFiles, 'write' | 'remove'>;
}

/** Navidrome can have playlists in all three ways. */
export const createPlaylistServers = ({
  navidromes,
  music,
  playlists,
  safeFiles,
}: PlaylistServersDeps): PlaylistServers => ({
  use: (connectionId, work) =>
    navidromes.use(connectionId, (navidrome) =>
      work({
        smart: createSmartPublisher(navidrome),
        file: createFilePublisher(navidrome, music, safeFiles),
        static: createStaticPublisher(navidrome, music, playlists),
      }),
    ),
});
