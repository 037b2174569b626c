import { api, useCall } from '../api';
import { useMixStore } from './mix-store';

/** The neighbours of a track, asked for again when something was analyzed. */
export const useSimilar = (id: number, limit: number, isEnabled: boolean) =>
  useCall(api.similarity.similar, { id, limit }, { refreshOn: 'tracks.changed', isEnabled });

/** What was asked for last on the screen of mixes; nothing before that. */
export function useSequence() {
  const { asked } = useMixStore();
  const mix = useCall(api.similarity.mix, asked?.kind === 'mix' ? asked.wish : NO_MIX, {
    isEnabled: asked?.kind === 'mix',
  });
  const path = useCall(api.similarity.path, asked?.kind === 'path' ? asked.wish : NO_PATH, {
    isEnabled: asked?.kind === 'path',
  });
  return asked?.kind === 'path' ? path : mix;
}
const NO_MIX = { seeds: [1] };
const NO_PATH = { from: 1, to: 2 };
