import type { IconName } from '../ui';
import { type Screen, type ScreenLocation, type ScreenName, screens } from './screen';

/** A screen that can be gone to without more ado, as the sidebar and the palette offer it. */
export interface MenuEntry {
  readonly title: string;
  readonly icon: IconName;
  readonly key?: string;
  readonly location: ScreenLocation;
}

const entriesOf = (all: readonly Screen[]): MenuEntry[] =>
  all.flatMap(({ name, menu }) => (menu ? [{ ...menu, location: { screen: name } as ScreenLocation }] : []));

/** What stands in the sidebar. */
export const sidebar = (): MenuEntry[] => entriesOf(screens.items().filter(({ parent }) => parent === undefined));

/** Every screen with a name: those of the sidebar, then those within them. */
export const allEntries = (): MenuEntry[] => [
  ...sidebar(),
  ...entriesOf(screens.items().filter(({ parent }) => parent !== undefined)),
];

/** Where a letter leads after `g`. */
export const locationOfKey = (letter: string): ScreenLocation | undefined =>
  sidebar().find(({ key }) => key === letter)?.location;

/** Whether a location is a screen or lies within it. */
export const isWithin = ({ screen }: ScreenLocation, name: ScreenName): boolean =>
  screen === name || screens.items().some((each) => each.name === screen && each.parent === name);
