/** A place in the window that features put things into. */
export interface Slot<T> {
  /** Hands something over for this place. */
  with(item: T): Contribution;
  /** What was handed over, in the order of the features. */
  items(): readonly T[];
}

/** One thing that a feature puts into a slot. */
export interface Contribution {
  readonly slot: object;
  readonly item: unknown;
}

/** What a folder adds to the window: its screens, its commands, its parts of others' screens. */
export type Feature = readonly Contribution[];

let contributed: ReadonlyMap<object, readonly Contribution[]> = new Map();

export function createSlot<T>(): Slot<T> {
  const slot: Slot<T> = {
    with: (item) => ({ slot, item }),
    items: () => (contributed.get(slot) ?? []).map(({ item }) => item as T),
  };
  return slot;
}

/** Makes these the features of the window. Once, before anything is drawn. */
export function installFeatures(features: readonly Feature[]): void {
  contributed = Map.groupBy(features.flat(), ({ slot }) => slot);
}
