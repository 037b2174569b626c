#!/usr/bin/env node
/**
 * Refuses words that only we would use, by the list in `word-list.mjs`: in names, sentences and comments of the folders
 * that are done. Part of `npm run check`; `--all` names what is left in the other folders too.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { DONE, WORDS } from './word-list.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * What the rules can be broken by in one file.
 *
 * @param {string} file its path, which tells whether it holds JSX
 * @param {string} text
 * @returns {{ kind: 'files' | 'names' | 'prose' | 'comments', text: string, start: number }[]}
 */
function spokenIn(file, text) {
  const { program, comments, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const found = [{ kind: 'files', text: basename(file).replace(/\.\w+$/, ''), start: 0 }];
  const say = (kind) => (value, start) => found.push({ kind, text: value, start });
  const [name, prose] = [say('names'), say('prose')];
  const note = (node) => name(node.name, node.start);
  new Visitor({
    Identifier: note,
    JSXIdentifier: note,
    PrivateIdentifier: note,
    Literal: ({ value, start }) => isSentence(value) && prose(value, start),
    TemplateElement: ({ value, start }) => prose(value.cooked ?? '', start),
    JSXText: ({ value, start }) => prose(value, start),
  }).visit(program);
  for (const { value, start } of comments) found.push({ kind: 'comments', text: value, start });
  return found;
}

/** A text of several words, or a label of one: `heard` is a value, `Heard` is read by people. */
const isSentence = (value) => typeof value === 'string' && (/\S\s+\S/.test(value) || /^[A-Z][a-z]/.test(value));

/**
 * @param {string} file
 * @param {string} text
 * @returns {{ kind: string, word: string, becomes: string, line: number }[]} each word once in a file
 */
export function wordsIn(file, text) {
  const hits = new Map();
  for (const { kind, text: spoken, start } of spokenIn(file, text)) {
    for (const rule of WORDS) {
      if (!rule[kind] || (rule.within && !rule.within.test(file))) continue;
      const match = wordOf(rule, rule[kind], spoken.replaceAll(/\s*\n[\s*]*/g, ' '));
      if (!match) continue;
      const word = kind === 'names' ? spoken : match;
      const line = text.slice(0, start).split('\n').length;
      const key = kind === 'names' ? `${kind} ${word}` : `${kind} ${word} ${line}`;
      if (!hits.has(key)) hits.set(key, { kind, word, becomes: rule.becomes, line });
    }
  }
  return [...hits.values()];
}

/** The word that breaks a rule, looked for sentence by sentence, so that an exception holds for its own alone. */
function wordOf({ except = [] }, pattern, spoken) {
  for (const sentence of spoken.split(/(?<=[.;:!?])\s/)) {
    const match = pattern.exec(sentence);
    if (match && !except.some(({ text }) => text.test(sentence))) return match[0];
  }
  return undefined;
}

/**
 * @param {ReadonlyMap<string, string>} sources path → text
 * @param {readonly string[]} done folders in which every rule holds
 * @returns {{ violations: string[], left: Map<string, string[]> }} `left` is what is not refused yet, by folder
 */
export function judge(sources, done = DONE) {
  const violations = [];
  const left = new Map();
  for (const [file, text] of sources) {
    const isDone = done.some((folder) => file.startsWith(`${folder}/`));
    for (const { kind, word, becomes, line } of wordsIn(file, text)) {
      const told = `${file}:${line}: "${word}" (${kind}) → ${becomes}`;
      if (isDone) violations.push(told);
      else left.set(folderOf(file), [...(left.get(folderOf(file)) ?? []), told]);
    }
  }
  return { violations, left };
}

/** `src-main/jobs`, `src-renderer/queue`. */
const folderOf = (file) => file.split('/').slice(0, 2).join('/');

function sourcesOf() {
  const names = globSync('src-*/**/*.{ts,tsx}', { cwd: ROOT }).map((name) => name.replaceAll('\\', '/'));
  const ours = names.filter((name) => !/\.(test|fixture)\.tsx?$|\/test-server\.ts$|\.d\.ts$/.test(name)).sort();
  return new Map(ours.map((name) => [name, readFileSync(join(ROOT, name), 'utf8')]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { violations, left } = judge(sourcesOf());
  for (const violation of violations) console.error(violation);
  for (const [folder, told] of left) {
    console.log(`${folder} still has ${told.length}`);
    if (process.argv.includes('--all')) for (const each of told) console.log(`  ${each}`);
  }
  console.log(`${violations.length} words to change`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
