import { create } from 'zustand';
import type { Group, SmartPlaylist } from '../../src-main/discovery/playlists/rules/contract';
import type { PlaylistView } from '../../src-main/discovery/playlists/saved/contract';
import { goTo } from '../router';

/** A playlist that someone builds, before it is saved. */
export interface Draft {
  readonly id: number | null;
  readonly name: string;
  readonly comment: string;
  readonly isPublic: boolean;
  readonly rules: Group;
  readonly sort: string;
  readonly limit: number | null;
}

interface DraftState {
  readonly draft: Draft | null;
  readonly isChanged: boolean;
  /** The rules as text are being typed and are not understood yet: what is found belongs to the rules before. */
  readonly isTextOpen: boolean;
}
export const useDraftStore = create<DraftState>()(() => ({ draft: null, isChanged: false, isTextOpen: false }));

export const markText = (isTextOpen: boolean) => useDraftStore.setState({ isTextOpen });

const put = (draft: Draft, isChanged: boolean) => useDraftStore.setState({ draft, isChanged });

export function changeDraft(changes: Partial<Draft>): void {
  const { draft } = useDraftStore.getState();
  if (draft) put({ ...draft, ...changes }, true);
}

/** Begins with rules, such as a template's. */
export function draftFrom({ name, comment, public: isPublic, rules, sort, limit }: SmartPlaylist): void {
  put({ id: null, name, comment, isPublic: isPublic ?? false, rules, sort: sort ?? '', limit: limit ?? null }, true);
}

export function draftOf({ id, name, comment, isPublic, criteria }: PlaylistView): void {
  const { rules, sort = '', limit = null } = criteria!;
  put({ id, name, comment, isPublic, rules, sort, limit }, false);
}

export const dropDraft = () => useDraftStore.setState({ draft: null, isChanged: false, isTextOpen: false });

/** Begins with nothing. */
export function newPlaylist(): void {
  dropDraft();
  goTo({ screen: 'playlist', id: 'new' });
}
