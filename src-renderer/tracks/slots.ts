import type { ComponentType, ReactNode } from 'react';
import type { TrackDetail } from '../../src-main/library/tracks/contract';
import { createSlot } from '../router';

export interface TrackPanelProps {
  readonly detail: TrackDetail;
}
/** Panels on the screen of a track about how it sounds, beneath its scores. */
export const soundPanels = createSlot<ComponentType<TrackPanelProps>>();
/** Panels on the screen of a track about what became of its tags, beneath them. */
export const tagPanels = createSlot<ComponentType<TrackPanelProps>>();

/** Stands before the library, and shows it or something else in its place. */
export const libraryGate = createSlot<ComponentType<{ children: ReactNode }>>();
