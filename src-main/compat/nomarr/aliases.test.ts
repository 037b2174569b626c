import { expect, it } from 'vitest';
import { contract } from '../../app/contract';
import type { Procedure } from '../../rpc/procedure';
import type { Route } from '../../rpc/routes';
import { withNomarrPaths } from './aliases';

const routes: Route[] = Object.entries(contract).flatMap(([domain, procedures]) =>
  Object.entries(procedures).map(([key, procedure]) => ({
    name: `${domain}.${key}`,
    procedure: procedure as Procedure,
    call: async () => ({ ok: true as const, value: {} }),
  })),
);
const pathsOf = (all: readonly Route[]) => all.flatMap(({ procedure }) => procedure.http);

it('gives no path to two procedures, and none twice to one', () => {
  const paths = pathsOf(withNomarrPaths(routes)).map((http) => http.replaceAll(/:\w+/g, ':'));
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
});

it('leaves the first path of every procedure the first', () => {
  for (const [index, { procedure }] of withNomarrPaths(routes).entries()) {
    expect(procedure.http[0]).toBe(routes[index].procedure.http[0]);
  }
});

it('adds the proxies of the page and both prefixes of the administration', () => {
  const paths = new Set(pathsOf(withNomarrPaths(routes)));
  for (const path of pathsOf(routes)) {
    const [method, rest] = path.split(' /admin/');
    if (rest) expect(paths).toContain(`${method} /api/v1/admin/${rest}`);
  }
  for (const path of [
    'GET /web/api/list',
    'POST /web/api/process',
    'POST /web/auth/login',
    'GET /web/api/library/stats',
  ])
    expect(paths).toContain(path);
});
