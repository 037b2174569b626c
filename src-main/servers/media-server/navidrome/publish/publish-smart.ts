import { failureReason, providerFailure } from '../../../connections';
import type { Published, Publisher } from '../../../publishing';
import type { NativePlaylist, Navidrome } from '../client';
import { hashOf } from './canonical';

/** A smart playlist by Navidrome's own API: it evaluates the rules itself, and no file or scan is needed. */
export function createSmartPublisher(navidrome: Navidrome): Publisher {
  const { native } = navidrome;
  return {
    async publish({ playlist, known }) {
      if (known?.remoteId) await native.updatePlaylist(known.remoteId, playlist);
      const remoteId = known?.remoteId ?? (await native.createPlaylist(playlist));
      const there = await native.getPlaylist(remoteId);
      if (!there.rules) throw await withoutRules(navidrome, remoteId, known !== undefined);
      return { remoteId, path: null, remoteHash: hashOfPlaylist(there), message: null } satisfies Published;
    },

    async find({ remoteId, remoteHash }) {
      const there = await native.getPlaylist(remoteId!).catch(goneIfNotFound);
      if (!there) return 'gone';
      return hashOfPlaylist(there) === remoteHash ? 'same' : 'changed';
    },

    async remove({ remoteId }) {
      await native.deletePlaylist(remoteId!).catch(goneIfNotFound);
    },
  };
}

/** A Navidrome that is too old for this keeps an empty playlist without rules: that is removed again. */
async function withoutRules({ native, connection }: Navidrome, remoteId: string, wasThere: boolean): Promise<Error> {
  if (!wasThere) await native.deletePlaylist(remoteId);
  return providerFailure(
    'failed',
    `This Navidrome (${connection.name}) takes no smart playlists directly. Publish it as a file, or update Navidrome.`,
  );
}

const hashOfPlaylist = ({ name, comment, public: isPublic, rules }: NativePlaylist): string =>
  hashOf({ name, comment, public: isPublic, rules });

export function goneIfNotFound(thrown: unknown): undefined {
  if (failureReason(thrown) !== 'not_found') throw thrown;
}
