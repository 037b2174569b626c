import type { IconName } from '../ui';
import { createSlot } from './slots';

/** One thing to go to or to do, as the palette lists it. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly icon: IconName;
  run(): void;
}

/** Things to do, found by their names. Each is a hook: what can be done may depend on what is going on. */
export const actions = createSlot<() => readonly Command[]>();

export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}
/** Things that are looked up by what was typed. Each is a hook: what was found for a text, nothing for an empty one. */
export const searches = createSlot<(text: string) => CommandGroup>();
