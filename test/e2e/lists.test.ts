import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startFortress } from '../reliability/fuzz/fortress';
import { putTone } from '../support/small-music';

it('lists tracks, albums, artists, folders, libraries and playlists as people count, through HTTP', async () => {
  const { app, port, folder, close, remove } = await startFortress();
  onTestFinished(async () => {
    await close();
    remove();
  });
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/web${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${app.auth.localToken}`, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    expect(response.status, path).toBe(200);
    return response.json() as Promise<T>;
  };
  const music = join(folder, 'numbered');
  for (const number of [10, 9, 100, 2]) {
    mkdirSync(join(music, `Disc ${number}`), { recursive: true });
    const tags = { title: `Track ${number}`, artist: `Artist ${number}`, album: `Album ${number}` };
    putTone(join(music, `Disc ${number}`, 'a.wav'), 300, tags);
    await ask('/playlists', {
      name: `List ${number}`,
      criteria: { rules: { all: [{ field: 'title', operator: 'is', value: 'x' }] } },
    });
  }
  const library = await ask<{ id: number }>('/libraries', { root_path: music, name: 'Numbered' });
  await ask(`/libraries/${library.id}/scan`, {});
  const titles = async (sort: string, order: string) => {
    const query = `library=${library.id}&sort=${sort}&order=${order}`;
    const { items } = await ask<{ items: { title: string }[] }>(`/tracks?${query}`);
    return items.map(({ title }) => title);
  };
  await vi.waitFor(async () => expect(await titles('title', 'asc')).toHaveLength(4), { timeout: 20_000 });
  const natural = ['Track 2', 'Track 9', 'Track 10', 'Track 100'];
  for (const sort of ['title', 'artist', 'album']) {
    expect(await titles(sort, 'asc')).toEqual(natural);
    expect(await titles(sort, 'desc')).toEqual(natural.toReversed());
  }
  const { entries } = await ask<{ entries: { name: string }[] }>(`/fs/list?path=${encodeURIComponent(music)}`);
  expect(entries.map(({ name }) => name)).toEqual(['Disc 2', 'Disc 9', 'Disc 10', 'Disc 100']);
  const { playlists } = await ask<{ playlists: { name: string }[] }>('/playlists');
  const ours = playlists.map(({ name }) => name).filter((name) => name.startsWith('List '));
  expect(ours).toEqual(['List 2', 'List 9', 'List 10', 'List 100']);
});
