import { type ComponentType, createElement, Fragment, type ReactNode, Suspense } from 'react';
import type { Slot } from './slots';

interface FilledProps<P extends object> {
  readonly slot: Slot<ComponentType<P>>;
  /** What each of them is given. */
  readonly props: P;
}

/** Draws what features put into a slot, one after the other; what is still fetched takes no room. */
export function Filled<P extends object>({ slot, props }: FilledProps<P>): ReactNode {
  const parts = slot.items().map((Part) => createElement(Suspense, { fallback: null }, createElement(Part, props)));
  return createElement(Fragment, null, ...parts);
}
