import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname, join as joinPath } from 'node:path/posix';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const documents = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md'], { cwd: ROOT }).map((file) =>
  file.replaceAll('\\', '/'),
);

/** How GitHub names the place of a heading. */
const anchorOf = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-');

const anchorsOf = (text: string) => [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading));

it('promises in the README only what has a test: each link of it leads to a file', () => {
  const links = [...read('README.md').matchAll(/\]\(((?:test|src-main|docs)\/[^)\s]+)\)/g)];
  expect(links.length).toBeGreaterThan(10);
});

it.each(documents)('leads nowhere that is not there: %s', (document) => {
  const text = read(document);
  for (const [, target] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
    const [path, anchor] = target.split('#');
    const file = path ? joinPath(dirname(document), path) : document;
    expect(existsSync(join(ROOT, file)), target).toBe(true);
    if (anchor) expect(anchorsOf(read(file)), target).toContain(anchor);
  }
});

it.each(documents)('names no file of ours that is not there: %s', (document) => {
  for (const [, path] of read(document).matchAll(/`((?:src-[a-z]+|test|build|docs|\.github)\/[^\s`]+)`/g)) {
    // `<name>` stands for any.
    const pattern = path.replace(/<[a-z-]+>/g, '*');
    expect(globSync(pattern, { cwd: ROOT }), path).not.toEqual([]);
  }
});

it.each(documents)('shows code as it stands: %s', (document) => {
  const examples = read(document).matchAll(/^```\w+\n(?:\/\/|--) (src-\S+)\n(.*?)^```$/gms);
  for (const [, path, code] of examples) {
    const lines = code.split('\n').filter((line) => line.trim() !== '' && !line.includes('…'));
    const present = new Set(read(path).split('\n'));
    for (const line of lines) expect(present.has(line), `${path}: ${line}`).toBe(true);
  }
});

it('shows how the code looks by examples of it', () => {
  expect(read('docs/style.md').match(/^(?:\/\/|--) src-/gm)?.length).toBeGreaterThan(8);
});

it('knows every page of its documents from another one', () => {
  const linked = documents.flatMap((document) =>
    [...read(document).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, target]) => joinPath(dirname(document), target)),
  );
  for (const page of documents.filter((each) => each.startsWith('docs/'))) expect(linked, page).toContain(page);
});

it('draws the house as it stands: after `npm run docs:house` nothing is to be committed', async () => {
  const { drawHouse } = (await import(join(ROOT, 'build/house/draw.mjs'))) as { drawHouse: () => Promise<string> };
  expect(read('docs/house.md')).toBe(await drawHouse());
});

it('asks for no newer Node than the README does, of which npx would warn at every command', () => {
  const { engines } = JSON.parse(read('package.json'));
  const [, oldest] = /Any Node from (\d+) on/.exec(read('README.md')) ?? [];
  expect(engines).toEqual({ node: `>=${oldest}` });
});

it('is developed with the Node that the launcher brings', () => {
  const [, brought] = /NODE_MAJOR = (\d+)/.exec(read('build/launch.mjs')) ?? [];
  expect(read('.node-version').trim()).toBe(brought);
});
