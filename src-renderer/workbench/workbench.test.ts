import { expect, it } from 'vitest';
import * as ui from '../ui';
import { addressed, addressOf } from './address';
import { componentNames, findSpecimen, SPECIMENS } from './specimens';

it('has a place for every component that ui gives, and for nothing else', () => {
  const components = Object.keys(ui).filter((name) => /^[A-Z]/.test(name));
  expect(components.length).toBeGreaterThan(15);
  expect([...componentNames].sort()).toEqual(components.sort());
});

it('shows each component in at least one state, each under a name of its own', () => {
  for (const name of componentNames) {
    const states = SPECIMENS[name].map(({ state }) => state);
    expect(states, name).not.toEqual([]);
    expect(new Set(states).size, name).toBe(states.length);
  }
});

it('finds by its address what stands in a page of its own', () => {
  const { theme, framed } = addressed(addressOf('dark', { component: 'Dialog', state: 'long text' }));
  expect(theme).toBe('dark');
  expect(framed && findSpecimen(framed)?.pageHeight).toBeGreaterThan(0);
  expect(addressed('?theme=pink')).toEqual({ theme: 'both', framed: undefined });
  expect(findSpecimen({ component: 'Dialog', state: 'gone' })).toBeUndefined();
});
