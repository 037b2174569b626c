import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const RENDERER = join(import.meta.dirname, '../src-renderer');
const TOKENS = 'ui/theme/tokens.css';

const files = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
const read = (file: string) => readFileSync(join(RENDERER, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
const styles = files
  .filter((file) => file.endsWith('.css') && file !== TOKENS)
  .map((file) => ({ file, css: read(file) }));
const tokens = new Map([...read(TOKENS).matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));

/** Which properties take their measures from which tokens. Colours are named too, but mixed where they are needed. */
const KINDS = [
  { of: /^font(-size)?$/, take: /^--(font-size-|font$|mono$)/ },
  { of: /^((row-|column-)?gap|(margin|padding)(-[a-z-]+)?|border-spacing)$/, take: /^--space-/ },
  { of: /^border(-[a-z]+)*-radius$/, take: /^--radius-/ },
  { of: /^box-shadow$/, take: /^--shadow-/ },
  { of: /^(transition|animation)(-duration|-delay)?$/, take: /^--duration-/ },
] as const;

/**
 * Measures that are no step of a scale: shares of what is around (%, vw, vh), lines of text (lh), 0 and plain factors
 * have no unit of this list and pass. Properties that KINDS leaves out (the widths and heights of things, borders, what
 * hides words from the eye alone) have their own measures.
 */
const LITERAL = /(?<![\w.#-])-?(\d+|\d*\.\d+)(px|r?em|r?ex|r?ch|pt|cm|mm|in|ms|s)\b/;

/** Whose value is no measure but a trick, and why. */
const EXCEPTIONS = new Map([['ui/theme/theme.css animation-duration: 0.01ms !important', 'ends what moves at once']]);

/** What a style says by itself that a token should say. */
function literals({ file, css }: { file: string; css: string }): string[] {
  return declarations(css).flatMap(({ property, value }) => {
    const kind = KINDS.find(({ of }) => of.test(property));
    if (!kind || EXCEPTIONS.has(`${file} ${property}: ${value}`)) return [];
    const foreign = named(value).filter((name) => !kind.take.test(name));
    return LITERAL.test(value) || foreign.length > 0 ? [`${file} ${property}: ${value}`] : [];
  });
}

const declarations = (css: string) =>
  [...css.matchAll(/(?<=[{;\s])([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/g)].map(([, property, value]) => ({
    property,
    value: value.trim().replace(/\s+/g, ' '),
  }));

const named = (text: string) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name);

it('takes every text size, gap, radius, shadow and duration from the tokens', () => {
  expect(styles.length).toBeGreaterThan(20);
  expect(styles.flatMap(literals)).toEqual([]);
});

it.each([
  ['font-size: 1.1rem', 'a text size of its own'],
  ['font: 600 15px/1.5 var(--font)', 'a text size within a shorthand'],
  ['gap: var(--space-8) 0.45rem', 'one gap of two'],
  ['margin: 0 -5px', 'a negative margin'],
  ['padding-inline-start: calc(100% - 3px)', 'a length within a sum'],
  ['padding: var(--radius-small)', 'a token of another scale'],
  ['border-top-left-radius: 7px', 'a radius of one corner'],
  ['box-shadow: 0 0 4px var(--line)', 'a shadow of its own'],
  ['transition: color .2s', 'a duration of its own'],
])('notices %s: %s', (declaration) => {
  expect(literals({ file: 'a.module.css', css: `.a { ${declaration} }` })).toHaveLength(1);
  expect(
    literals({ file: 'a.module.css', css: `@media print { .a:hover { color: red; ${declaration}; } }` }),
  ).toHaveLength(1);
});

it('lets pass what no scale can say', () => {
  const css = `.a { margin: 0 auto; padding: calc(-1 * var(--space-6)) 5% 1lh; border: 1px solid; border-radius: inherit;
    font: var(--font-size-tiny) / 1.5 var(--font); width: 17rem; transition: none; min-height: 34px }`;
  expect(literals({ file: 'a.module.css', css })).toEqual([]);
});

it('has no style in a component past the tokens', () => {
  const components = files.filter((file) => file.endsWith('.tsx'));
  const styled = /style=\{\{[^}]*\b(font|fontSize|gap|margin|padding|borderRadius|boxShadow|transition)\w*:/;
  expect(components.filter((file) => styled.test(read(file)))).toEqual([]);
});

it('knows every token that a style names, and names every token that it knows', () => {
  const used = new Set(
    [...styles.map(({ css }) => css), ...files.filter((file) => file.endsWith('.tsx')).map(read)].flatMap(named),
  );
  for (const value of tokens.values()) for (const name of named(value)) used.add(name);
  expect([...used].filter((name) => !tokens.has(name))).toEqual([]);
  expect([...tokens.keys()].filter((name) => !used.has(name))).toEqual([]);
});

it('has six text sizes and one scale of gaps, each step larger than the one before', () => {
  const scale = (prefix: string) =>
    [...tokens].filter(([name]) => name.startsWith(prefix)).map(([, value]) => Number.parseFloat(value));
  expect(scale('--font-size-')).toHaveLength(6);
  for (const steps of [scale('--font-size-'), scale('--space-'), scale('--radius-')]) {
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
  }
});

it('names each gap by the pixels that it is', () => {
  for (const [name, value] of tokens) {
    if (name.startsWith('--space-')) expect(name).toBe(`--space-${Number.parseFloat(value) * 16}`);
  }
});
