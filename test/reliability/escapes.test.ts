import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordFigure } from './figures';
import { type Fortress, startFortress } from './fuzz/fortress';

let fortress: Fortress;
let music: string;
beforeAll(async () => {
  fortress = await startFortress();
  music = join(fortress.folder, 'a/b/c/d/music');
  mkdirSync(join(fortress.folder, 'a/b/c/d/music-secret'));
  writeFileSync(join(fortress.folder, 'a/b/c/d/music-secret/hidden.wav'), 'RIFF');
  if (process.platform !== 'win32') symlinkSync('../music-secret', join(music, 'link'));
});
afterAll(async () => {
  await fortress.close();
  fortress.remove();
});

/** Ways out of the library, for this platform. */
function waysOut(): string[] {
  const shared = [
    '..',
    '../music-secret',
    '../music-secret/hidden.wav',
    'x/../../music-secret',
    '\0',
    'a.wav\0',
    'a\nb',
  ];
  const here =
    process.platform === 'win32'
      ? ['C:\\Windows', '\\\\?\\C:\\Windows', '\\\\server\\share', 'con', 'a.wav:stream', 'a.wav.', 'NUL.wav']
      : [
          '/',
          '/etc/passwd',
          'link',
          'link/hidden.wav',
          'out/etc/passwd',
          `${music}/../music-secret`,
          `${music}-secret`,
        ];
  return [...shared, ...here];
}

const query = (path: string) => encodeURIComponent(path);

it('lets no path lead out of the libraries, wherever a path is taken', async () => {
  let asked = 0;
  for (const way of waysOut()) {
    const absolute = way.startsWith('/') || /^[A-Z]:|^\\/.test(way) ? way : join(music, way);
    const body = (value: object) => ({ type: 'application/json', body: JSON.stringify(value) });
    const requests = [
      { method: 'GET', path: `/api/web/fs/list?path=${query(way)}` },
      { method: 'GET', path: `/api/web/fs/list?path=${query(absolute)}` },
      { method: 'GET', path: `/api/web/tags/show-tags?path=${query(absolute)}` },
      { method: 'DELETE', path: `/api/web/tags/remove-tags?path=${query(absolute)}` },
      { method: 'POST', path: '/api/v1/tag', ...body({ path: absolute }) },
      { method: 'POST', path: '/api/v1/tag', ...body({ paths: [absolute] }) },
      { method: 'POST', path: '/api/web/tags/take-over', ...body({ path: absolute }) },
    ];
    for (const request of requests) {
      const { status, text } = await fortress.send(request);
      expect(status, `${request.method} ${request.path} ${way}`).toBeOneOf([400, 404, 422]);
      expect(text).not.toContain('root:');
      asked += 1;
    }
  }
  expect(waysOut().length).toBeGreaterThanOrEqual(12);
  const what = `ways out of a library (${waysOut().length}, ${process.platform})`;
  recordFigure('escapes', {
    what,
    cases: asked,
    passed: asked,
    line: '100 %',
    note: 'refused at every place that takes paths',
  });
});

it('has no page, folder or file of ours at an address that climbs', async () => {
  for (const path of [
    '/../package.json',
    '/..%2fpackage.json',
    '/assets/..%2f..%2fmain%2fcli.js',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/docs/..%5c..%5cpackage.json',
  ]) {
    const { status, text } = await fortress.send({ method: 'GET', path });
    expect(status, path).toBeOneOf([400, 403, 404]);
    expect(text).not.toMatch(/"dependencies"|root:/);
  }
});
