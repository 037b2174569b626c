import { type ComponentType, lazy } from 'react';
import type { IconName } from '../ui';
import { type Contribution, createSlot } from './slots';

/**
 * The screens that there are, each with the parameters of its path. The folder of a screen adds its own:
 * `declare module '../router' { interface ScreenParams { track: { id: number } } }`
 */
export interface ScreenParams {
  /** Screens have texts for names, so that this is none; an interface has to hold something. */
  readonly [none: symbol]: never;
}
export type NoParams = Record<never, never>;
export type ScreenName = Extract<keyof ScreenParams, string>;
type LocationOf<N extends ScreenName> = {
  readonly [P in 'screen' | keyof ScreenParams[N]]: P extends 'screen' ? N : ScreenParams[N][P & keyof ScreenParams[N]];
};
/** A screen with the parameters of its path: where the page is, or where a link leads. */
export type ScreenLocation = { [N in ScreenName]: LocationOf<N> }[ScreenName];

/** Reads a parameter from its part of the path; undefined for text that is none. */
type ParamReaders<N extends ScreenName> = {
  readonly [P in keyof ScreenParams[N]]: (text: string) => ScreenParams[N][P] | undefined;
};

/** How a screen is offered: in the palette, and in the sidebar unless it lies within another. */
interface Menu {
  readonly title: string;
  readonly icon: IconName;
  /** The letter that leads there after `g`. */
  readonly key?: string;
}

interface Declared<N extends ScreenName> {
  readonly name: N;
  /** What stands behind the `#`; `:id` is the parameter `id`. */
  readonly path: string;
  /** The screen of the sidebar that this one lies within. */
  readonly parent?: ScreenName;
  readonly component: ComponentType<LocationOf<N>>;
}
type ScreenDeclaration<N extends ScreenName> = Declared<N> &
  (keyof ScreenParams[N] extends never
    ? { readonly menu?: Menu; readonly params?: undefined }
    : { readonly menu?: undefined; readonly params: ParamReaders<N> });

/** A screen of any name, as the frame, the palette and the router see it. */
export interface Screen {
  readonly name: ScreenName;
  readonly path: string;
  readonly parent?: ScreenName;
  readonly menu?: Menu;
  readonly params?: Readonly<Record<string, (text: string) => unknown>>;
  readonly component: ComponentType<ScreenLocation>;
}

export const screens = createSlot<Screen>();

/** Declares a screen: where it is, how it is offered, and what it shows. */
export const screen = <N extends ScreenName>(declaration: ScreenDeclaration<N>): Contribution =>
  screens.with(declaration as unknown as Screen);

/** A component that is fetched when it is first shown. */
export const lazyComponent = <P extends object>(load: () => Promise<ComponentType<P>>) =>
  lazy(async () => ({ default: await load().catch(refuse) }));

function refuse(cause: unknown): never {
  throw new Error('A part of the page could not be fetched. Is Tonearm running, and the same version as before?', {
    cause,
  });
}

/** The parameter as a whole number. */
export const wholeNumber = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);
