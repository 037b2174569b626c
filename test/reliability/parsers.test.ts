import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeTinyModels } from '../support/tiny-model';
import { recordFigure } from './figures';
import { type Fortress, startFortress } from './fuzz/fortress';

/** Of the processor, in this process; a busy machine adds nothing to it. */
const MAX_BUSY_MS = 5000;
const MAX_GROWN_BYTES = 700 * 2 ** 20;
const MB = 2 ** 20;

let fortress: Fortress;
beforeAll(async () => {
  fortress = await startFortress();
});
afterAll(async () => {
  await fortress.close();
  fortress.remove();
});

interface Ended {
  readonly ok: boolean;
  readonly code: string;
  readonly busyMs: number;
  readonly value: unknown;
}

/** Asks the application as a program would; every failure has to have a name that tells it from a fault of ours. */
async function ask(name: string, input: unknown): Promise<Ended> {
  const before = process.cpuUsage();
  const memory = process.memoryUsage().rss;
  const route = fortress.app.routes.find((each) => each.name === name)!;
  const outcome = await route.call(input, { transport: 'cli' });
  const { user, system } = process.cpuUsage(before);
  expect(process.memoryUsage().rss - memory, name).toBeLessThan(MAX_GROWN_BYTES);
  const code = outcome.ok ? 'ok' : outcome.error.code;
  return { ok: outcome.ok, code, busyMs: (user + system) / 1000, value: outcome.ok ? outcome.value : outcome.error };
}

async function survives(group: string, cases: readonly (readonly [string, unknown])[], name: string): Promise<void> {
  const slow: string[] = [];
  for (const [what, input] of cases) {
    const { code, busyMs } = await ask(name, input);
    if (code === 'internal' || busyMs > MAX_BUSY_MS) slow.push(`${what}: ${code}, ${Math.round(busyMs)} ms`);
  }
  const passed = cases.length - slow.length;
  recordFigure('parsers', { what: group, cases: cases.length, passed, line: '100 %', note: 'typed error, < 5 s' });
  expect(slow).toEqual([]);
}

/** Repeated up to nearly as much as a playlist may have. */
const filled = (text: string) => text.repeat(Math.floor((8 * MB - 10_000) / text.length));
const nested = (depth: number, open: string, close = '') => `${open.repeat(depth)}1${close.repeat(depth)}`;

it('reads hostile playlists within bounds', async () => {
  const cyclic = '<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "&a;&a;">]><playlist><track><title>&a;</title></track>';
  const cases: [string, string, string][] = [
    ['one line of digits', 'x.m3u', `#EXTM3U\n#EXTINF:${filled('1')}`],
    ['one line of commas', 'x.m3u', `#EXTM3U\n#EXTINF:1${filled(' ')}`],
    ['one line of 8 MB', 'x.m3u', filled('a')],
    ['a line of 100 MB', 'x.m3u', 'a'.repeat(100 * MB)],
    ['lines without end', 'x.m3u', filled('\r')],
    ['names of fields over and over', 'x.pls', `[playlist]\n${filled('File1=')}`],
    ['numbers without end', 'x.pls', `[playlist]\nFile${filled('9')}=a`],
    ['open elements', 'x.xspf', `<playlist>${filled('<title ')}`],
    ['one open element', 'x.xspf', `<playlist><track><title ${filled('a ')}`],
    ['tracks with nothing', 'x.xspf', `<playlist>${filled('<track>')}`],
    ['entities that name each other', 'x.xspf', cyclic],
    ['character sections', 'x.xspf', `<playlist><track><title>${filled('<![CDATA[ ]]> ')}</title></track>`],
    ['ampersands', 'x.xspf', `<playlist><track><title>${filled('&#')}</title></track>`],
    ['lists in lists', 'x.json', nested(1_000_000, '[', ']')],
    ['objects in objects', 'x.json', nested(500_000, '{"playlist":', '}')],
    ['tracks in tracks', 'x.json', `[${nested(100_000, '{"track":', '}')}]`],
    ['one text', 'x.json', `[{"title":"${filled('a')}"}]`],
    ['keys without end', 'x.json', `{${'"a":1,'.repeat(500_000)}"b":1}`],
    ['quotes', 'x.csv', `title,artist\n${filled('"')}`],
    ['quotes and commas', 'x.csv', `title,artist\n${filled('","')}`],
    ['columns without end', 'x.csv', `title,${filled('a,')}\n`],
    ['dangerous columns', 'x.csv', 'title,__proto__,constructor\na,b,c\n'],
    ['numbers of lines', 'x.txt', filled('1')],
    ['white space', 'x.txt', `a${filled(' ')}b`],
    ['dashes', 'x.txt', filled(' - ')],
  ];
  const inputs = cases.map(([what, name, content]) => [what, { name, content, index: 0 }] as const);
  await survives('playlists from elsewhere', inputs, 'playlistImport.preview');
}, 240_000);

it('reads hostile rules within bounds', async () => {
  const texts = [
    nested(10_000, '{"all":[', ']}'),
    `{"all":[${'{"is":{"title":"a"}},'.repeat(3000)}{}]}`,
    `/*${'*'.repeat(90_000)}`,
    `{"all":[]}${'//'.repeat(40_000)}`,
    '{"__proto__":{"all":[]},"all":[{"is":{"__proto__":1}}]}',
    `{"all":[{"inTheRange":{"year":${nested(5000, '[', ']')}}}]}`,
    '\ufeff{"all":[{"is":{"constructor":true}}],"limit":1e308}',
    '{'.repeat(99_000),
  ];
  const nsp = texts.map((content) => [content.slice(0, 30), { content, fileName: 'x.nsp' }] as const);
  await survives('rules as .nsp', nsp, 'playlists.read');
  const queries = [nested(8000, '('), nested(2000, 'NOT '), `x = "${'a'.repeat(8000)}`, '"'.repeat(8000)];
  await survives(
    'rules as text',
    queries.map((query) => [query.slice(0, 30), { query }] as const),
    'playlists.parse',
  );
});

it('reads hostile calibrations within bounds', async () => {
  const label = { p5: 0, p95: 1 };
  const contents: unknown[] = [
    nested(100_000, '[', ']'),
    `{"model":"a","labels":${nested(50_000, '{"a":', '}')}}`,
    JSON.stringify({
      model: 'a',
      labels: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`${i}`, label])),
    }),
    '{"model":"a","labels":{"__proto__":{"p5":0,"p95":1}}}',
    '{"model":"a","labels":{"a":{"p5":1e400,"p95":1}}}',
    `{"model":"${'a'.repeat(200_000)}","labels":{}}`,
    'NaN',
    '',
  ];
  const cases = contents.map((content, at) => [`file ${at}`, { files: [{ name: 'x.json', content }] }] as const);
  await survives('calibrations', cases, 'calibration.import');
});

it('looks into hostile models in a worker, refuses each for a reason, and takes the good one beside them', async () => {
  const folder = join(fortress.folder, 'music-models');
  writeTinyModels(folder);
  const heads = join(folder, 'tiny/heads/softmax');
  mkdirSync(heads, { recursive: true });
  const bad: Record<string, Uint8Array> = {
    empty: new Uint8Array(),
    'no-model': Buffer.from('not a model at all'),
    // Field 7 (the graph) says that it is four gigabytes long.
    'length-lies': Buffer.from('0807 3affffffff0f'.replaceAll(' ', ''), 'hex'),
    // Groups, which protobuf gave up, opened in one another and never closed.
    'groups-without-end': Buffer.alloc(2_000_000, 0x3b),
    // Messages in messages: a graph in an attribute of a node of a graph, as far as bytes go.
    'graphs-in-graphs': nestedGraphs(5000),
    'numbers-without-end': Buffer.alloc(1_000_000, 0xff),
  };
  for (const [name, bytes] of Object.entries(bad)) writeFileSync(join(heads, `${name}.onnx`), bytes);
  writeFileSync(join(heads, 'huge.onnx'), '');
  truncateSync(join(heads, 'huge.onnx'), 300 * MB);
  if (process.platform !== 'win32') {
    symlinkSync('/dev/zero', join(heads, 'endless.onnx'));
    rmSync(join(heads, 'bright-tiny-1.json'));
    symlinkSync('/dev/zero', join(heads, 'bright-tiny-1.json'));
    symlinkSync('loop.onnx', join(heads, 'loop.onnx'));
    symlinkSync('loop', join(folder, 'loop'));
  }
  writeFileSync(join(heads, 'no-model.json'), nested(100_000, '{"classes":', '}'));
  const { ok, value } = await ask('models.import', { folder });
  expect(ok, JSON.stringify(value)).toBe(true);
  const { imported, refused } = value as { imported: string[]; refused: { name: string; reason: string }[] };
  expect(imported.sort()).toEqual(['bright-tiny-1', 'calm-tiny-1', 'tiny-1']);
  expect(refused.map(({ name }) => name).sort()).toEqual([...Object.keys(bad), 'huge'].sort());
  for (const { reason } of refused) expect(reason).toMatch(/^\S.{10,}/s);
  const cases = refused.length;
  recordFigure('parsers', {
    what: 'model files',
    cases,
    passed: cases,
    line: '100 %',
    note: 'each refused in a worker',
  });
}, 240_000);

/** A protobuf message that holds itself: field 7 of a model, field 1 of a graph, 5 of a node, 6 of an attribute. */
function nestedGraphs(levels: number): Buffer {
  let inner = Buffer.alloc(0);
  for (let level = 0; level < levels; level += 1)
    for (const tag of [0x32, 0x2a, 0x0a]) inner = Buffer.concat([Buffer.from([tag]), lengthOf(inner), inner]);
  return Buffer.concat([Buffer.from([0x08, 0x07, 0x3a]), lengthOf(inner), inner]);
}

function lengthOf({ length }: Buffer): Buffer {
  const bytes: number[] = [];
  for (let rest = length; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest >= 128 ? (rest % 128) | 128 : rest);
    if (rest < 128) return Buffer.from(bytes);
  }
}
