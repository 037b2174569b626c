#!/usr/bin/env node
/**
 * Draws the house from its code: `npm run docs:house` writes docs/house.md, one picture and one table for each tree of
 * the source that has layers. A test compares what is committed with what this makes.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSource } from './graph.mjs';
import { isContract, LAYERS, placeOf } from './layers.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const PAGE = join(ROOT, 'docs', 'house.md');
const ENTRIES = 'entries';

const HEAD = `# The house

Drawn from the code by \`npm run docs:house\`; do not edit. [architecture.md](architecture.md) says what the layers are for.

An arrow leads from a layer to one that it imports; every arrow goes up, and \`npm run check\` refuses one that does not.
Only the arrows that follow from no others are drawn, the tables have all of them. Numbers are rounded down: \`10+\` are
10 to 99 imports. Contracts may be imported from anywhere, and are not counted.
`;

/** @returns {Promise<string>} the page, as it has to be committed */
export async function drawHouse() {
  const roots = Object.keys(LAYERS);
  const { imports } = await readSource(ROOT, roots);
  return `${[HEAD, ...roots.map((root) => treeOf(root, imports))].join('\n')}`;
}

function treeOf(root, imports) {
  const layers = [...LAYERS[root], { name: ENTRIES, folders: [] }];
  const counts = countsBetween(root, imports);
  return [
    `## ${root}`,
    '',
    '```mermaid',
    ...pictureOf(root, layers, counts),
    '```',
    '',
    ...tableOf(layers, counts),
    '',
  ].join('\n');
}

/** Layer's number → number of the layer that it imports → how often. */
function countsBetween(root, imports) {
  const counts = new Map();
  for (const { from, to } of imports) {
    if (!from.startsWith(`${root}/`) || !to.startsWith(`${root}/`) || isContract(to)) continue;
    const [below, above] = [placeOf(from), placeOf(to)];
    if (below === undefined || above === undefined || below === above) continue;
    const row = counts.get(below) ?? new Map();
    counts.set(below, row.set(above, (row.get(above) ?? 0) + 1));
  }
  return counts;
}

function pictureOf(root, layers, counts) {
  const rows = layers.flatMap((layer, number) => [
    `  subgraph L${number}["${layer.name}"]`,
    ...roomsOf(root, layer).map((room, index) => `    L${number}R${index}["${room}"]`),
    '  end',
  ]);
  const arrows = [...counts.entries()].sort(byNumber).flatMap(([below, row]) =>
    [...row.entries()]
      .filter(([above]) => !isImplied(below, above, counts))
      .sort(byNumber)
      .map(([above, count]) => `  L${below} -->|${rounded(count)}| L${above}`),
  );
  return ['flowchart BT', ...rows, ...arrows];
}

/** Whether a longer way of arrows leads there as well. */
function isImplied(below, above, counts) {
  const reaches = (from) => counts.get(from)?.has(above) || [...(counts.get(from)?.keys() ?? [])].some(reaches);
  return [...(counts.get(below)?.keys() ?? [])].some((between) => between !== above && reaches(between));
}

function roomsOf(root, { name, folders }) {
  if (folders?.length) return folders;
  const place = name === ENTRIES ? root : join(root, name);
  const isRoom = name === ENTRIES ? (each) => each.isFile() && /\.tsx?$/.test(each.name) : (each) => each.isDirectory();
  const names = readdirSync(join(ROOT, place), { withFileTypes: true })
    .filter(isRoom)
    .map((each) => each.name);
  const rooms = names.filter((each) => !/\.d\.ts$|\.test\.tsx?$/.test(each)).sort();
  return rooms.length > 0 ? rooms : [name];
}

function tableOf(layers, counts) {
  const named = layers.map(({ name }, number) => ({ name, number }));
  const above = named.slice(0, -1);
  const cell = (from, to) => rounded(counts.get(from)?.get(to) ?? 0);
  return [
    `| imports | ${above.map(({ name }) => name).join(' | ')} |`,
    `| --- |${above.map(() => ' --: |').join('')}`,
    ...named
      .slice(1)
      .map(({ name, number }) => `| ${name} | ${above.map((to) => cell(number, to.number)).join(' | ')} |`),
  ];
}

/** Powers of ten, so that the page does not change with every import. */
function rounded(count) {
  return count === 0 ? '' : `${10 ** (String(count).length - 1)}+`;
}

const byNumber = ([a], [b]) => a - b;

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, await drawHouse());
