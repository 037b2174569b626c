#!/usr/bin/env node
/** Checks the layers, entrances and cycles of the source; part of `npm run check`. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSource } from './graph.mjs';
import { violationsOf } from './rules.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const source = await readSource(ROOT, ['src-main', 'src-preload', 'src-renderer']);
const violations = violationsOf(source);
for (const { rule, message } of violations) console.error(`${rule}: ${message}`);
console.log(`${source.imports.length} imports, ${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
