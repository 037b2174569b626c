import { create } from 'zustand';
import type { Track } from '../../src-main/library/tracks/contract';
import { api } from '../api';
import type { WriteChoice } from '../tagging';
import { attempt } from '../ui';
import { useTracksStore } from './tracks-store';

/** Chosen tracks: some by their numbers, or all that match the filter but some. */
interface SelectionState {
  readonly isAll: boolean;
  readonly ids: ReadonlySet<number>;
}
const NONE: SelectionState = { isAll: false, ids: new Set() };

export const useSelectionStore = create<SelectionState>()(() => NONE);

/** What the filter asks for; a choice does not outlive it. */
const filterOf = () => {
  const { query, library, show } = useTracksStore.getState();
  return { query, library, show };
};
let filter = JSON.stringify(filterOf());
useTracksStore.subscribe(() => {
  const now = JSON.stringify(filterOf());
  if (now === filter) return;
  filter = now;
  clearSelection();
});

export const clearSelection = () => useSelectionStore.setState(NONE);
export const selectAll = () => useSelectionStore.setState({ isAll: true, ids: new Set() });

export const toggleTrack = ({ id }: Track) =>
  useSelectionStore.setState(({ ids }) => {
    const changed = new Set(ids);
    if (!changed.delete(id)) changed.add(id);
    return { ids: changed };
  });

const PAGE = 500;
/** As many as a choice may name one by one; more are chosen as all that match. */
const MOST = 10_000;

/** Chooses every row from one to another, also those that the page has not loaded. */
export const selectRange = (from: number, to: number) =>
  attempt(async () => {
    if (to - from >= MOST) throw new Error(`No more than ${MOST} tracks in one go; select all and leave some out.`);
    const { sort, order } = useTracksStore.getState();
    const found: number[] = [];
    for (let offset = from; offset <= to; offset += PAGE) {
      const limit = Math.min(PAGE, to - offset + 1);
      const { items } = await api.tracks.list({ ...filterOf(), sort, order, offset, limit });
      found.push(...items.map(({ id }) => id));
    }
    useSelectionStore.setState(({ isAll, ids }) => {
      const changed = new Set(ids);
      for (const id of found) isAll ? changed.delete(id) : changed.add(id);
      return { ids: changed };
    });
  });

export const isSelected = ({ isAll, ids }: SelectionState, id: number): boolean => isAll !== ids.has(id);
export const countOf = ({ isAll, ids }: SelectionState, total: number): number =>
  isAll ? Math.max(0, total - ids.size) : ids.size;

/** The chosen tracks, as a write is asked for. */
export function choiceOf({ isAll, ids }: SelectionState): WriteChoice {
  return isAll ? { of: 'filter', ...filterOf(), except: [...ids] } : { of: 'tracks', ids: [...ids] };
}
