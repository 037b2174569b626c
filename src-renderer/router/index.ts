/**
 * Where the page is, and what features add to the window: screens, commands, parts of the frame and of each other's
 * screens. A feature declares them in its own folder; `features.ts` gathers them. Knows no feature.
 */
export { actions, type Command, type CommandGroup, searches } from './commands';
export { Filled } from './Filled';
export { sidebarFoot } from './frame-slots';
export { goTo, hrefOf, locationOf, screenOf, useScreenLocation } from './location';
export { allEntries, isWithin, locationOfKey, sidebar } from './menu';
export * from './screen';
export { type Contribution, createSlot, type Feature, installFeatures, type Slot } from './slots';
