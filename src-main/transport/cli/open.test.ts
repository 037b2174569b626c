import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { requires } from '../../../test/support/requirements';
import { aFolder, endChildren, endOf, serve, startNom } from './nom.fixture';

const { it } = requires('linux');
afterEach(endChildren);

it('hands a login link to the browser in a file of its owner, not in the arguments of a process', async () => {
  const data = aFolder();
  const programs = join(data, 'bin');
  mkdirSync(programs);
  const told = join(data, 'told');
  writeFileSync(
    join(programs, 'xdg-open'),
    `#!/bin/sh\nprintf '%s\\n' "$@" > "${told}.part"; mv "${told}.part" "${told}"\n`,
    {
      mode: 0o755,
    },
  );
  await serve(data);
  const env = { DISPLAY: ':0', PATH: `${programs}${delimiter}${process.env.PATH}` };
  const { code, json } = await endOf(startNom(data, ['open', '--json'], '', env));
  expect(code).toBe(0);
  const [{ link }] = json() as [{ link: string }];
  const [, ticket] = link.split('#login=');
  await expect.poll(() => statSync(told, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(0);
  const address = readFileSync(told, 'utf8').trim();
  expect(address).toMatch(/^file:/);
  expect(address).not.toContain(ticket);
  const page = new URL(address);
  expect(statSync(page).mode & 0o777).toBe(0o600);
  expect(readFileSync(page, 'utf8')).toContain(`url=${link}"`);
});
