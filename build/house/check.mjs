#!/usr/bin/env node
/** Checks the layers, entrances and cycles of the source; part of `npm run check`. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importsOf } from './graph.mjs';
import { violationsOf } from './rules.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const imports = await importsOf(ROOT, ['src-main', 'src-preload', 'src-renderer']);
const violations = violationsOf(imports);
for (const { rule, message } of violations) console.error(`${rule}: ${message}`);
console.log(`${imports.length} imports, ${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
