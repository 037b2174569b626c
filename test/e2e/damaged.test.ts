import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../support/small-music';
import { nom } from './nom';
import { type Served, serve, until } from './served';

const folder = temporaryFolder('damaged');
const data = join(folder.path, 'data');
let app: Served | undefined;
afterAll(async () => {
  await app?.kill();
  folder.remove();
});

it('backs up by command, says what is wrong with a damaged database and how to go on, and restores', async () => {
  expect((await nom(data, ['password', 'set'], 'correct horse\n')).code).toBe(0);
  const made = await nom(data, ['backup', '--json']);
  expect(JSON.parse(made.stdout)).toMatchObject({ reason: 'manual' });
  expect((await nom(data, ['doctor'])).stdout).toContain('The database is sound');
  truncateSync(join(data, 'tonearm.db'), 60_000);
  for (const command of [['serve'], ['list']]) {
    const { code, stderr } = await nom(data, command);
    expect([code, stderr]).toEqual([65, expect.stringMatching(/is cut short.*"nom restore latest"/)]);
  }
  const restored = await nom(data, ['restore', 'latest']);
  expect([restored.code, restored.stdout]).toEqual([0, expect.stringMatching(/kept as .*tonearm\.db\.damaged-/)]);
  expect((await nom(data, ['doctor'])).code).toBe(0);
});

it('restores while it runs by starting again, and keeps the database that it had', async () => {
  app = await serve({ data });
  const { api, pid } = app;
  const { name } = await api.backups.create({});
  await api.auth.createKey({ name: 'made later', scope: 'read' });
  await expect(api.backups.restore({ name: '../tonearm.db' })).rejects.toMatchObject({ code: 'not_found' });
  expect(await api.backups.restore({ name })).toMatchObject({ isRestarting: true });
  const again = await until('the application to be back', async () => {
    const { items } = JSON.parse((await nom(data, ['key', 'list', '--json'])).stdout || '{}') as { items?: unknown[] };
    return items?.length === 0 && items;
  });
  expect(again).toEqual([]);
  expect(readdirSync(data).filter((each) => each.startsWith('tonearm.db.replaced-'))).toHaveLength(1);
  // The same process, so that whoever watches over it sees no end.
  expect(process.kill(pid, 0)).toBe(true);
});
