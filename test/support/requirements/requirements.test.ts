import { execFile, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../small-music';
import { PROGRAMS } from './programs.mjs';
import { requires } from './requires';
import { sumOf } from './skipped-reporter';

const ROOT = join(import.meta.dirname, '../../..');
const folder = temporaryFolder('requirements');
afterAll(folder.remove);

/** Runs the example where no program can be found. */
function runExample(env: NodeJS.ProcessEnv = {}): Promise<{ code: number; said: string }> {
  const args = [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--config',
    join(import.meta.dirname, 'example/vitest.config.ts'),
  ];
  const bare = { HOME: process.env.HOME, NO_COLOR: '1', PATH: join(folder.path, 'empty'), ...env };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: bare, cwd: ROOT }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), said: stdout + stderr }),
    );
  });
}

it('skips a test that lacks a program by name, with the command that brings it, and ends well with the sum', async () => {
  const { code, said } = await runExample();
  expect(said).toContain('makes a sound [ffmpeg is missing: apt-get install ffmpeg]');
  expect(said).toContain('Sounds [ffmpeg is missing: apt-get install ffmpeg] > can be heard');
  expect(said).toContain('can be loud [mutagen is missing: apt-get install python3-mutagen]');
  expect(said).toContain(
    'are sent [curl is missing: apt-get install curl; chromium is missing: apt-get install chromium]',
  );
  expect(said).toMatch(/Tests +1 passed \| 7 skipped/);
  expect(said).toContain(
    [
      'Skipped 7 tests; one that lacks several things counts for each:',
      '     5  ffmpeg is missing: apt-get install ffmpeg',
      '     2  mutagen is missing: apt-get install python3-mutagen',
      '     1  curl is missing: apt-get install curl',
      '     1  chromium is missing: apt-get install chromium',
      '     1  lacking.example.ts > is skipped by hand',
      'On Debian, as root, `npm test -- --install` brings what is missing.',
    ].join('\n'),
  );
  expect(said).not.toContain('It ran.');
  expect(code).toBe(0);
});

it('fails before any test where every program has to be there, and names those that are not', async () => {
  const { code, said } = await runExample({ TONEARM_REQUIRE_PROGRAMS: '1' });
  expect(said).toMatch(/for want of ffmpeg, .*chromium.*: apt-get install ffmpeg /);
  expect(said).not.toContain('needs nothing');
  expect(code).toBe(1);
});

it('has no program on its list that no test asks for', () => {
  const files = globSync(['src-*/**/*.test.ts', 'test/**/*.test.ts', 'build/**/*.test.ts'], { cwd: ROOT });
  const asked = new Set<string>();
  for (const file of files) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const [, names] of text.matchAll(/requires\(([^)]*)\)/g))
      for (const [, name] of names.matchAll(/'([^']+)'/g)) asked.add(name);
  }
  // A drive that ignores letter case can be known of only with the program that mounts one.
  if (asked.has('a drive without letter case')) asked.add('exfat-fuse');
  expect(Object.keys(PROGRAMS).filter((name) => !asked.has(name))).toEqual([]);
});

it('sums up nothing where nothing was skipped, and offers no installation where none would help', () => {
  expect(sumOf([])).toEqual([]);
  expect(sumOf([{ name: 'opens its window', lacking: ['electron'] }])).toEqual([
    'Skipped 1 test:',
    expect.stringMatching(/^ {5}1 {2}Electron’s binary is missing: /),
  ]);
});

/** What `npm test -- --install` does before the tests, where these scripts are the only programs, and fonts are there. */
function install(isRoot: boolean, programs: Readonly<Record<string, string>>) {
  const path = mkdtempSync(join(folder.path, 'path-'));
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const code = `const { installPrograms } = await import('./build/install-programs.mjs');
    process.exitCode = installPrograms({ isRoot: ${isRoot} });`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    ...{ cwd: ROOT, encoding: 'utf8' },
    env: { PATH: path, CHROMIUM: process.execPath },
  });
  const asked = join(path, 'asked');
  return {
    status,
    said: stderr.trim(),
    asked: existsSync(asked) ? readFileSync(asked, 'utf8').trim().split('\n') : [],
  };
}

const HERE = Object.fromEntries(
  [
    'ffmpeg',
    'ffprobe',
    'python3',
    'gcc',
    'mpd',
    'fail2ban-regex',
    'nginx',
    'openssl',
    'mkfs.exfat',
    'mount.exfat-fuse',
  ].map((name) => [name, 'exit 0']),
);
/** An apt-get that notes what it is asked for. */
const NOTE = 'echo "$*" >> "$PATH/asked"';
const BRING_CURL = `${NOTE}; [ "$1" = update ] || { echo '#!/bin/sh' > "$PATH/curl"; /bin/chmod 755 "$PATH/curl"; }`;
const AS_ROOT = true;

requires('posix', 'dejavu-fonts').it('installs what is missing, and nothing else, by apt-get as root', () => {
  expect(install(AS_ROOT, { ...HERE, 'apt-get': BRING_CURL })).toEqual({
    status: 0,
    said: 'Installing curl …',
    asked: ['update -qq', 'install -y -qq --no-install-recommends curl'],
  });
  expect(install(AS_ROOT, { ...HERE, curl: 'exit 0', 'apt-get': NOTE })).toEqual({ status: 0, said: '', asked: [] });
});

requires('posix', 'dejavu-fonts').it(
  'says in one sentence what is missing where it cannot install, or apt-get does not bring it',
  () => {
    const said = 'Only Debian, as root, lets programs be installed from here; it would need: apt-get install curl';
    expect(install(!AS_ROOT, { ...HERE, 'apt-get': BRING_CURL })).toEqual({ status: 1, said, asked: [] });
    expect(install(AS_ROOT, HERE)).toEqual({ status: 1, said, asked: [] });
    expect(install(AS_ROOT, { ...HERE, 'apt-get': NOTE })).toMatchObject({
      status: 1,
      said: expect.stringContaining('apt-get did not bring curl'),
    });
  },
);
