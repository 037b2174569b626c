import type { Library } from '../../../library/libraries/contract';
import type { LibraryFieldsDeps } from './library-fields';

/** What is asked of a library here. */
export type PlaylistLibrary = Pick<Library, 'name' | 'root_path' | 'writeMode' | 'keepMtime'>;

/** What playlists need of the rest of the application. */
export interface PlaylistsDeps extends LibraryFieldsDeps {
  readonly libraries: { list(): PlaylistLibrary[] };
  readonly now?: () => Date;
}
