import { beforeAll, expect, it, vi } from 'vitest';
import type { Screen, ScreenLocation } from './router';

type Router = typeof import('./router');
let router: Router;
let screens: readonly Screen[];

beforeAll(async () => {
  vi.stubGlobal('window', { location: { hash: '' } });
  router = await import('./router');
  const { FEATURES } = await import('./features');
  router.installFeatures(FEATURES);
  screens = router.screens.items();
});

it('gives each screen a name, an address and a key of its own', () => {
  for (const pick of [({ name }: Screen) => name, ({ path }: Screen) => path, ({ menu }: Screen) => menu?.key]) {
    const all = screens.map(pick).filter((each) => each !== undefined);
    expect(new Set(all).size).toBe(all.length);
  }
  expect(screens.length).toBeGreaterThan(10);
});

it('puts each screen into the sidebar or within one that stands there', () => {
  const inSidebar = router.sidebar().map(({ location }) => location.screen);
  for (const { name, parent } of screens) expect(inSidebar).toContain(parent ?? name);
  expect(router.isWithin({ screen: 'track', id: 1 }, 'library')).toBe(true);
  expect(router.isWithin({ screen: 'track', id: 1 }, 'queue')).toBe(false);
});

it('leads from every place to its address and back', () => {
  const locations: ScreenLocation[] = [
    ...router.allEntries().map(({ location }) => location),
    { screen: 'track', id: 40 },
    { screen: 'write', id: 3 },
    { screen: 'playlist', id: 7 },
    { screen: 'playlist', id: 'new' },
  ];
  expect(new Set(locations.map(({ screen }) => screen)).size).toBe(screens.length);
  for (const location of locations) expect(router.locationOf(router.hrefOf(location))).toEqual(location);
  expect(router.hrefOf({ screen: 'track', id: 40 })).toBe('#/library/track/40');
  expect(router.hrefOf({ screen: 'import' })).toBe('#/playlists/import');
});

it('shows the library for an address that no screen has', () => {
  for (const fragment of ['', '#', '#/nowhere', '#/library/track/one', '#/library/track/1/2', '#/playlists/older'])
    expect(router.locationOf(fragment)).toEqual({ screen: 'library' });
});
