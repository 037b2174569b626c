import { api, useCall } from '../api';
import { useDebounced } from '../ui';
import { type Draft, useDraftStore } from './playlists-store';

export const usePlaylists = () => useCall(api.playlists.list, {}, { refreshOn: 'playlists.changed' });
export const useCount = (id: number) =>
  useCall(api.playlists.count, { id }, { refreshOn: ['playlists.changed', 'tracks.changed'] });
export const useTemplates = () => useCall(api.playlists.templates, {});
export const useFields = () => useCall(api.playlists.fields, {}, { refreshOn: 'settings.changed' });

/** What a draft matches, asked once its person has paused; `isOld` while the answer is one to other rules. */
export function usePreview({ rules, sort, limit }: Pick<Draft, 'rules' | 'sort' | 'limit'>) {
  const settled = useDebounced(JSON.stringify({ rules, sort, limit }), PAUSE_MS);
  const asked = JSON.parse(settled) as Pick<Draft, 'rules' | 'sort' | 'limit'>;
  const isTyping = useDraftStore(({ isTextOpen }) => isTextOpen);
  const found = useCall(
    api.playlists.preview,
    { rules: asked.rules, sort: asked.sort || undefined, limit: asked.limit ?? undefined, preview_limit: 12 },
    { refreshOn: 'tracks.changed' },
  );
  const isOld = isTyping || found.isPlaceholderData || settled !== JSON.stringify({ rules, sort, limit });
  return { ...found, isOld };
}

const PAUSE_MS = 300;
