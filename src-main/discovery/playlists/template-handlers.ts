import type { HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import type { playlistsContract } from './contract';
import { type PlaylistFiles, safeName } from './files';
import { writeNsp } from './nsp';
import type { PlaylistsDeps } from './saved';
import { fieldsOfLibrary } from './saved';
import { readyTemplates } from './templates';

export interface TemplateDeps extends PlaylistsDeps {
  readonly files: Pick<PlaylistFiles, 'write'>;
  readonly folder: string;
}

/** The playlists to begin with, and their files. */
export function templatesHandlers(
  deps: TemplateDeps,
): Pick<HandlersOf<typeof playlistsContract>, 'templates' | 'writeTemplates'> {
  return {
    async templates() {
      const { fields } = await fieldsOfLibrary(deps);
      return {
        templates: readyTemplates(fields).map(({ id, description, playlist }) => ({
          template_id: id,
          name: playlist.name,
          description,
          playlist,
        })),
      };
    },
    async writeTemplates({ template_id, output_dir }) {
      const { fields } = await fieldsOfLibrary(deps);
      const ready = readyTemplates(fields);
      const chosen = ready.filter(({ id }) => template_id === undefined || id === template_id);
      if (chosen.length === 0) {
        throw new AppError(
          'not_found',
          template_id === undefined
            ? 'This library was not analyzed yet with any head that the templates ask for.'
            : `There is no template "${template_id}" for what was detected in this library.`,
        );
      }
      const written: Record<string, string> = {};
      for (const { id, playlist } of chosen) {
        const place = { folder: output_dir ?? deps.folder, name: `${safeName(playlist.name)}.nsp` };
        written[id] = await deps.files.write(place, writeNsp(playlist, fields), { templateId: id });
      }
      return { files_generated: written };
    },
  };
}
