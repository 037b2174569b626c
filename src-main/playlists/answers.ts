import type { AnswersOf } from '../routes';
import type { playlistsContract } from './contract';
import type { PlaylistsDeps } from './deps';
import { createFieldViews } from './field-views';
import { fieldsOfLibrary } from './library-fields';
import { createNavidromeAnswers } from './navidrome-answers';

/** Answers what windows and scripts ask about playlists. */
export function answerPlaylists(deps: PlaylistsDeps): AnswersOf<typeof playlistsContract> {
  return {
    ...createNavidromeAnswers(deps),
    async fields() {
      const { fields } = await fieldsOfLibrary(deps);
      return { namespace: fields.namespace, fields: createFieldViews(fields) };
    },
  };
}
