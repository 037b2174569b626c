import { z } from 'zod';
import { type SettingsOf, setting } from '../../platform/settings/contract';

export const playlistsSettings = {
  playlist_folder: setting({
    schema: z.string().max(4096).default(''),
    title: 'Folder for playlists outside the libraries',
    description: 'A folder outside the libraries that playlists may be written into',
    effect: 'Applies to the next playlist that is written.',
  }),
};
export type PlaylistsSettings = SettingsOf<typeof playlistsSettings>;
