import { api, keyOf, queryClient, saveFile } from '../api';
import { goTo } from '../router';
import { attempt, count } from '../ui';
import { type Draft, draftFrom, dropDraft } from './playlists-store';

const refresh = () => queryClient.invalidateQueries({ queryKey: keyOf(api.playlists.list) });

/** Saves what was built, and goes back to the list. */
export async function saveDraft({ id, name, comment, isPublic, rules, sort, limit }: Draft): Promise<void> {
  const criteria = { rules, ...(sort && { sort }), ...(limit && { limit }) };
  const said = { name, comment, isPublic, criteria };
  const isSaved = await attempt(
    () => (id === null ? api.playlists.create(said) : api.playlists.update({ id, ...said })),
    () => `"${name}" is saved.`,
  );
  if (!isSaved) return;
  dropDraft();
  await refresh();
  goTo({ screen: 'playlists' });
}

export const removePlaylist = (id: number, name: string) =>
  attempt(
    () => api.playlists.remove({ id }),
    ({ left }) => {
      void refresh();
      const kept = left.length > 0 ? ` ${count(left.length, 'file')} that someone edited stayed: ${left[0]}` : '';
      return `"${name}" is deleted.${kept}`;
    },
  );

export const keepTracks = (id: number) =>
  attempt(
    () => api.playlists.snapshot({ id }),
    ({ name }) => {
      void refresh();
      return `The tracks of now are kept as "${name}".`;
    },
  );

export const writePlaylist = (id: number, folder: string, format: 'nsp' | 'm3u') =>
  attempt(
    () => api.playlists.write({ id, folder, format }),
    ({ path }) => {
      void refresh();
      return `Written to ${path}`;
    },
  );

const _writeTemplates = (folder: string) =>
  attempt(
    () => api.playlists.writeTemplates({ output_dir: folder }),
    ({ files_generated }) => `${count(Object.keys(files_generated).length, 'file')} written into ${folder}`,
  );

/** Opens an .nsp file in the builder. */
export const openNsp = async (file: File): Promise<void> => {
  await attempt(async () => {
    const { playlist } = await api.playlists.read({ content: await file.text(), fileName: file.name });
    draftFrom(playlist);
    goTo({ screen: 'playlist', id: 'new' });
  });
};

export const saveText = (fileName: string, content: string) =>
  attempt(
    () => saveFile(fileName, content),
    (isSaved) => (isSaved ? `${fileName} was saved.` : undefined),
  );
