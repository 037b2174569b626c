import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

it('promises in the README only what has a test: each link of it leads to a file', () => {
  const links = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/\]\(((?:test|src-main|docs)\/[^)\s]+)\)/g)];
  expect(links.length).toBeGreaterThan(10);
  for (const [, path] of links) expect(existsSync(join(ROOT, path)), path).toBe(true);
});

it('asks for no newer Node than the README does, of which npx would warn at every command', () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [, oldest] = /Any Node from (\d+) on/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
  expect(engines).toEqual({ node: `>=${oldest}` });
});
