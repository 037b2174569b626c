import { join } from 'node:path';
import { expect, it } from 'vitest';

const { judge } = (await import(join(import.meta.dirname, 'words.mjs'))) as {
  judge: (
    sources: ReadonlyMap<string, string>,
    done: readonly string[],
  ) => { violations: string[]; left: Map<string, string[]> };
};

const DONE = ['src-main/platform', 'src-renderer/queue'];
const violationsIn = (text: string, file = 'src-main/platform/a.ts') => judge(new Map([[file, text]]), DONE).violations;

it('refuses a private word in a name, also of a file, with what it is called instead', () => {
  expect(violationsIn('const lastHeard = 1;\n')).toEqual([
    'src-main/platform/a.ts:1: "lastHeard" (names) → analyzed, analysis, AnalysisResult',
  ]);
  expect(violationsIn('export {};\n', 'src-main/platform/when-at-rest.ts')).toHaveLength(1);
  expect(violationsIn('const a = { answerSoon() {} };\nfunction b(answer: string) {}\n')).toHaveLength(1);
});

it('refuses it in a sentence of the code, on the screen and in a comment', () => {
  expect(violationsIn("const summary = 'What was heard in a track';\n")).toHaveLength(1);
  expect(violationsIn('const message = `No track was heard.`;\n')).toHaveLength(1);
  expect(violationsIn('<p>Keep listening</p>;\n', 'src-renderer/queue/A.tsx')).toHaveLength(1);
  expect(violationsIn('<Button label="Listen" />;\n', 'src-renderer/queue/A.tsx')).toHaveLength(1);
  expect(violationsIn('/**\n * Opens the\n * door for programs.\n */\nopen();\n')).toHaveLength(1);
});

it('lets pass what has another sense: values on the wire, ports, listeners of events, words in words', () => {
  const fine = [
    "const group = 'heard';",
    "const text = 'Nothing listens on this port';",
    "const help = 'nom serve --listen 0.0.0.0 opens it';",
    '// Tells every listener of events what happened.',
    "const label = 'What the threads shared';",
    'const analyses = listAnalyses();',
    'server.listen(port); const listener = 1; useEffect(effect);',
  ];
  for (const line of fine) expect(violationsIn(`${line}\n`), line).toEqual([]);
});

it('excuses no sentence for an exception in its neighbour', () => {
  const text = "const text = 'It listens on port 1. It listens to the music.';\n";
  expect(violationsIn(text)).toHaveLength(1);
});

it('only counts what is left in folders that are not done', () => {
  const { violations, left } = judge(new Map([['src-main/jobs/a.ts', 'const heard = 1;\n']]), DONE);
  expect(violations).toEqual([]);
  expect(left.get('src-main/jobs')).toHaveLength(1);
});
