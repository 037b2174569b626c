import { readdirSync, readFileSync, truncateSync } from 'node:fs';
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

it('brings no revoked key and no old password back, and notes each step in one line', async () => {
  const other = join(folder.path, 'other data');
  const run = async (args: string[], input?: string) => {
    const { code, stdout } = await nom(other, args, input);
    expect(code).toBe(0);
    return stdout;
  };
  await run(['password', 'set'], 'the old one\n');
  await run(['key', 'create', 'leaked']);
  await run(['key', 'create', 'kept']);
  await run(['backup']);
  await run(['key', 'revoke', '1']);
  await run(['password', 'set'], 'the new one\n');
  expect(await run(['restore', 'latest'])).toContain('are those of before');
  const { items } = JSON.parse(await run(['key', 'list', '--json'])) as { items: { name: string }[] };
  expect(items.map(({ name }) => name)).toEqual(['kept']);
  expect((await nom(other, ['manage-password', 'verify'], 'the old one\n')).code).not.toBe(0);
  await run(['manage-password', 'verify'], 'the new one\n');
  const lines = readFileSync(join(other, 'audit.log'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => line.split(' ')[2])).toEqual([
    ...['password.changed', 'key.created', 'key.created', 'key.revoked', 'password.changed', 'backup.restored'],
    'identity.refused',
  ]);
  // Fourteen processes, one after the other.
}, 300_000);

it('restores while it runs by starting again, keeps the database that it had, and the keys of now', async () => {
  app = await serve({ data });
  const { api, pid } = app;
  const { apiKey } = await api.auth.createKey({ name: 'leaked', scope: 'full' });
  const { name } = await api.backups.create({});
  await api.auth.revokeKey({ id: apiKey.id });
  await api.auth.createKey({ name: 'made later', scope: 'read' });
  await expect(api.backups.restore({ name: '../tonearm.db' })).rejects.toMatchObject({ code: 'not_found' });
  expect(await api.backups.restore({ name })).toMatchObject({ isRestarting: true });
  const replaced = () => readdirSync(data).filter((each) => each.startsWith('tonearm.db.replaced-'));
  const again = await until('the application to be back', async () => {
    if (replaced().length === 0) return false;
    const { items } = JSON.parse((await nom(data, ['key', 'list', '--json'])).stdout || '{}') as {
      items?: { name: string }[];
    };
    return items?.map((key) => key.name);
  });
  expect(again).toEqual(['made later']);
  expect(replaced()).toHaveLength(1);
  // The same process, so that whoever watches over it sees no end.
  expect(process.kill(pid, 0)).toBe(true);
});
