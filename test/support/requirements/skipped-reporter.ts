import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';
import { isProgram, type Requirement, reasonFor } from './requirements';

/** Says at the end of a run how many tests were skipped, for what, and which command brings what was missing. */
export default class SkippedReporter implements Reporter {
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    // Where a person asks for some tests by name, all others count as skipped.
    const asked = this.vitest?.config.testNamePattern;
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const skipped = tests.filter((test) => test.result().state === 'skipped' && isAsked(test, asked));
    const lines = sumOf(
      skipped.map((test) => ({ name: `${test.module.relativeModuleId} > ${test.fullName}`, lacking: lackingOf(test) })),
    );
    if (lines.length > 0) this.vitest?.logger.log(`\n${lines.join('\n')}\n`);
  }
}

const isAsked = (test: TestCase, pattern?: RegExp): boolean =>
  pattern === undefined || pattern.test(test.fullName.replaceAll(' > ', ' '));

/** What the test is skipped for, or any of the suites that it is in. */
function lackingOf(test: TestCase): Requirement[] {
  const lacking = [...(test.meta().lacking ?? [])];
  for (let suite: TestSuite | TestModule = test.parent; suite.type === 'suite'; suite = suite.parent) {
    lacking.push(...(suite.meta().lacking ?? []));
  }
  return [...new Set(lacking)];
}

/** The lines of the sum; a test that lacks several things counts for each. */
export function sumOf(skipped: readonly { name: string; lacking: readonly Requirement[] }[]): string[] {
  if (skipped.length === 0) return [];
  const costs = new Map<Requirement, number>();
  for (const name of skipped.flatMap(({ lacking }) => lacking)) costs.set(name, (costs.get(name) ?? 0) + 1);
  const reasons = [...costs].sort(([, a], [, b]) => b - a).map(([name, tests]) => line(tests, reasonFor(name)));
  const others = skipped.filter(({ lacking }) => lacking.length === 0).map(({ name }) => line(1, name));
  const lacksSeveral = skipped.some(({ lacking }) => lacking.length > 1);
  const isMissing = [...costs.keys()].some(isProgram);
  return [
    `Skipped ${skipped.length} ${skipped.length === 1 ? 'test' : 'tests'}${lacksSeveral ? '; one that lacks several things counts for each' : ''}:`,
    ...reasons,
    ...others,
    ...(isMissing ? ['On Debian, as root, `npm test -- --install` brings what is missing.'] : []),
  ];
}

const line = (tests: number, reason: string): string => `${String(tests).padStart(6)}  ${reason}`;
