import type { Criteria } from '../rules/contract';

export type Target = 'none' | 'api' | 'file' | 'static';

/** A saved playlist: rules that are asked anew each time, or a list of tracks. */
export interface SavedPlaylist {
  readonly id: number;
  readonly name: string;
  readonly kind: 'smart' | 'static';
  readonly comment: string;
  /** Null for a static one. */
  readonly criteria: Criteria | null;
  readonly isPublic: boolean;
  readonly target: Target;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type PlaylistDraft = Omit<SavedPlaylist, 'id' | 'createdAt' | 'updatedAt'>;
