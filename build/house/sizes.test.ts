import { join } from 'node:path';
import { expect, it } from 'vitest';

const { judge } = (await import(join(import.meta.dirname, 'sizes.mjs'))) as {
  judge: (sources: ReadonlyMap<string, string>) => { figures: string; violations: string[] };
};

const violationsIn = (text: string, file = 'src-main/jobs/a.ts') => judge(new Map([[file, text]])).violations;
const lines = (count: number) => 'work();\n'.repeat(count);
const few = '() => 1; '.repeat(100);

it('refuses a function of more than 120 lines, also one that only builds a service', () => {
  expect(violationsIn(`${few}function a() {\n${lines(118)}}\n`)).toEqual([]);
  expect(violationsIn(`${few}function a() {\n${lines(119)}}\n`)).toEqual([
    'src-main/jobs/a.ts:1: a function of 121 lines, 120 are allowed',
  ]);
  expect(violationsIn(`${few}const a = () => {\nreturn { b() {\n${lines(117)}} };\n}\n`)).toEqual([
    'src-main/jobs/a.ts:1: a function of 121 lines, 120 are allowed',
  ]);
});

it('refuses functions and files that are long as a rule', () => {
  const long = `function a() {\n${lines(29)}}\n`;
  expect(violationsIn(long.repeat(3))).toEqual(['95 of 100 functions may have 30 lines']);
  expect(violationsIn(`${few}${lines(181)}`)).toEqual(['95 of 100 files may have 180 lines']);
});

it('refuses any, and a warning that was silenced', () => {
  expect(violationsIn('const a: any = 1;\nconst any = 1;\n')).toEqual(['src-main/jobs/a.ts:1: any']);
  expect(violationsIn('\n// @ts-expect-error: it is\na();\n')).toEqual(['src-main/jobs/a.ts:2: @ts-expect-error']);
  expect(violationsIn("const text = '// @ts-ignore';\n")).toEqual([]);
  expect(violationsIn('<p>{/* biome-ignore lint: so */}</p>;\n', 'src-renderer/A.tsx')).toEqual([
    'src-renderer/A.tsx:1: biome-ignore',
  ]);
});
