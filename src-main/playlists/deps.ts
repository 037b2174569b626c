import type { Library } from '../libraries/contract';
import type { LibraryFieldsDeps } from './library-fields';

/** What playlists need of the rest of the application. */
export interface PlaylistsDeps extends LibraryFieldsDeps {
  readonly libraries: { list(): Library[] };
  readonly now?: () => Date;
}
