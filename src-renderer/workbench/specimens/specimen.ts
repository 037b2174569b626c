import type { ReactNode } from 'react';
import type * as ui from '../../ui';

/** The components among what `ui` gives to the screens: what begins with a capital letter. */
export type ComponentName = Extract<keyof typeof ui, Capitalize<string>>;

/** One state of a component. */
export interface Specimen {
  /** The state in a few words; no other specimen of the component has it. */
  state: string;
  show: ReactNode;
  /** Stands in a page of its own that is so many pixels high: it lies over a whole page, or is one. */
  pageHeight?: number;
  /** Has a title of its own, as a page has. */
  isPage?: boolean;
  /** Takes the whole width. */
  isWide?: boolean;
  /** As it looks under the pointer or with the focus. */
  like?: 'hover' | 'focus';
}

export type Specimens = Partial<Record<ComponentName, readonly Specimen[]>>;

/** One state of a component, by the names it has on the workbench. */
export interface SpecimenName {
  component: string;
  state: string;
}
