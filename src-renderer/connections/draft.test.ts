import { expect, it } from 'vitest';
import type { Connection, KindDescription } from '../../src-main/servers/connections/contract';
import { changesOf, draftOf } from './draft';

const KIND: KindDescription = {
  ...{ kind: 'navidrome', title: 'Navidrome', summary: '', urlExample: '' },
  fields: [
    { name: 'username', label: 'User name', type: 'text', isRequired: true, initial: '' },
    { name: 'secret', label: 'Password', type: 'password', isRequired: true, initial: '' },
    { name: 'rescan', label: 'Rescan', type: 'switch', isRequired: false, initial: true },
  ],
};
const KNOWN = {
  ...{ id: 1, kind: 'navidrome', name: 'Music', url: 'http://a', username: 'ada', hasSecret: true, isEnabled: true },
  options: { rescan: false, other: [1] },
} as unknown as Connection;

it('begins a new connection as its kind says, and sends what was entered', () => {
  const draft = draftOf(KIND);
  expect(draft.fields).toEqual({ username: '', secret: '', rescan: true });
  const entered = { ...draft, url: 'http://b', fields: { username: 'bob', secret: 'pass', rescan: true } };
  expect(changesOf(KIND, entered)).toEqual({ username: 'bob', secret: 'pass', options: { rescan: true } });
});

it('keeps the secret and the options that the dialog does not show', () => {
  const draft = draftOf(KIND, KNOWN);
  expect(draft.fields).toEqual({ username: 'ada', secret: '', rescan: false });
  expect(changesOf(KIND, { ...draft, name: 'New' }, KNOWN)).toEqual({
    ...{ name: 'New', url: 'http://a', isEnabled: true, options: { rescan: false } },
  });
});
