import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { readonly 'timeout-minutes'?: number; readonly steps: readonly Step[] }>>;
}

const workflows = globSync('.github/workflows/*.yml', { cwd: ROOT }).map((file) => file.replaceAll('\\', '/'));
const workflowOf = (file: string) => parse(read(file)) as Workflow;
const stepsOf = (file: string) => Object.values(workflowOf(file).jobs).flatMap(({ steps }) => steps);

it('checks, tries the window and releases', () => {
  expect(workflows.map((file) => file.split('/').at(-1)).sort()).toEqual(['check.yml', 'electron.yml', 'release.yml']);
});

it.each(workflows)('reads the repository and no more unless a job says so, and comes to an end: %s', (file) => {
  const { permissions, jobs } = workflowOf(file);
  expect(permissions).toEqual({ contents: 'read' });
  for (const [name, job] of Object.entries(jobs)) expect(job['timeout-minutes'], name).toBeGreaterThan(0);
});

it.each(workflows)('uses nobody’s actions but GitHub’s, in a version, and leaves no token behind: %s', (file) => {
  for (const { uses, with: options } of stepsOf(file).filter((step) => step.uses)) {
    expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/);
    if (uses?.startsWith('actions/checkout@')) expect(options?.['persist-credentials']).toBe(false);
  }
});

it.each(workflows)('runs scripts, tests and files that are there: %s', (file) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const commands = stepsOf(file).flatMap(({ run }) => run ?? []);
  for (const command of commands) {
    for (const [, script] of command.matchAll(/npm run ([\w:-]+)/g)) expect(scripts).toHaveProperty([script]);
    // What a package brings is there once it was installed.
    for (const [path] of command.matchAll(/(?:build|test|src-\w+)\/(?!package\/node_modules)[\w./-]+/g))
      expect(existsSync(join(ROOT, path)), path).toBe(true);
  }
});

it('asks in its forms for what can be filled in', () => {
  for (const form of ['bug', 'feature']) {
    const { name, description, body } = parse(read(`.github/ISSUE_TEMPLATE/${form}.yml`));
    expect([name, description].every((text) => typeof text === 'string')).toBe(true);
    const ids = body.flatMap((field: { id?: string }) => field.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(2);
  }
});

it('packages with a lock of its own, every part of it with its sum', () => {
  const { packages } = JSON.parse(read('build/package/package-lock.json')) as {
    packages: Record<string, { integrity?: string }>;
  };
  const { devDependencies } = JSON.parse(read('build/package/package.json'));
  expect(devDependencies['electron-builder']).toMatch(/^\d+\.\d+\.\d+$/);
  for (const [path, { integrity }] of Object.entries(packages).filter(([each]) => each !== ''))
    expect(integrity, path).toMatch(/^sha512-/);
});

it('ships the build, what the system loads as real files, and nothing of other platforms', () => {
  const { files, asarUnpack, electronFuses, npmRebuild } = parse(read('build/electron-builder.yml'));
  expect(files).toEqual(expect.arrayContaining(['out/**', 'resources/**']));
  const left = files.filter((pattern: string) => pattern.startsWith('!node_modules/')).join();
  for (const native of ['better-sqlite3/prebuilds', 'onnxruntime-node/bin']) expect(left).toContain(native);
  expect(asarUnpack).toContain('**/node_modules/onnxruntime-node/bin/**');
  expect(electronFuses).toMatchObject({ runAsNode: false, onlyLoadAppFromAsar: true });
  expect(npmRebuild).toBe(false);
});

const { faultOf } = (await import(join(ROOT, 'build/commit-subjects.mjs'))) as {
  faultOf: (subject: string) => string | undefined;
};

it.each(['house: layers, entered by index and checked', 'queue, transport/http: a job says its kind', 'Merge branch'])(
  'takes the subject of a commit: %s',
  (subject) => {
    expect(faultOf(subject)).toBeUndefined();
  },
);

it.each([
  ['Types that nobody names go', 'area'],
  ['queue: a job says its kind.', 'full stop'],
  [`queue: ${'x'.repeat(70)}`, '77 characters'],
  ['Queue: a job says its kind', 'area'],
  ['queue:', 'area'],
])('refuses the subject of a commit: %s', (subject, why) => {
  expect(faultOf(subject)).toContain(why);
});

it('takes the notes of a release from the changelog', async () => {
  const { notesOf } = (await import(join(ROOT, 'build/release-notes.mjs'))) as {
    notesOf: (changelog: string, version: string) => string | undefined;
  };
  const changelog =
    '# Changelog\n\n## [Unreleased]\n\n- later\n\n## [1.2.3] - 2026-01-02\n\n- now\n\n## [1.2.2]\n\n- old\n';
  expect(notesOf(changelog, 'v1.2.3')).toBe('- now');
  expect(notesOf(changelog, 'v9.0.0')).toBeUndefined();
});
