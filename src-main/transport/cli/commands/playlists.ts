import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { givenPath } from '../../../platform/paths';
import type { Api } from '../terminal';
import { type AddCommands, ask, EXIT } from '../terminal';

interface PlaylistFile {
  readonly fileName: string;
  readonly content: string;
}

/** Playlists as files, for Navidrome. */
export const addPlaylistCommands: AddCommands = (program, run) => {
  program
    .command('export-playlists <folder>')
    .description('write the saved playlists as .nsp files for Navidrome; the templates, while none is saved')
    .option('--templates', 'the templates, whether or not playlists are saved')
    .option('--force', 'replace files of the same names that say something else')
    .action(
      run(async (cli, [given], { templates, force }) => {
        const folder = givenPath(given as string);
        const files = await ask(cli, (api) => filesOf(api, templates === true));
        mkdirSync(folder, { recursive: true });
        const written = files.map((file) => ({ ...file, ...put(folder, file, force === true) }));
        const left = written.filter(({ done }) => done === 'left');
        const results = written.map(({ path, done }) => ({ path, done }));
        cli.output.answer({ folder, files: results }, () => [
          ...left.map(({ path }) => `${path}: left as it is; --force replaces it`),
          `${written.length - left.length} playlists in ${folder}`,
        ]);
        return left.length > 0 ? EXIT.failed : EXIT.done;
      }),
    );
};

async function filesOf(api: Api, wantsTemplates: boolean): Promise<PlaylistFile[]> {
  const saved = wantsTemplates ? [] : (await api.playlists.list({})).playlists;
  if (saved.length > 0) return Promise.all(saved.map(({ id }) => api.playlists.export({ id })));
  const { templates } = await api.playlists.templates({});
  return Promise.all(
    templates.map(async ({ name, description, playlist }) => {
      const { rules, sort, limit } = playlist;
      const asked = { rules, sort: sort ?? undefined, limit: limit ?? undefined };
      const { content } = await api.playlists.generate({ ...asked, playlist_name: name, comment: description });
      return { fileName: `${name.replaceAll(/[/\\:*?"<>|]/g, ' ')}.nsp`, content };
    }),
  );
}

/** Writes beside the place and moves it there, so that Navidrome never reads half of it. */
function put(folder: string, { fileName, content }: PlaylistFile, force: boolean) {
  const path = join(folder, fileName);
  if (existsSync(path)) {
    if (readFileSync(path, 'utf8') === content) return { path, done: 'unchanged' as const };
    if (!force) return { path, done: 'left' as const };
  }
  const temporary = join(folder, `.${fileName}.tmp`);
  writeFileSync(temporary, content);
  renameSync(temporary, path);
  return { path, done: 'written' as const };
}
