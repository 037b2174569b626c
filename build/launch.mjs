#!/usr/bin/env node
/**
 * Starts every command of the project on a machine that has nothing but some Node ≥ 18: brings a newer Node where
 * this one is too old, installs what is missing, builds what is stale, and runs. Plain JavaScript without
 * dependencies, because it runs before there are any.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NODE_FLOOR = [22, 14];
const NODE_MAJOR = 24;
const RUNTIME = join(ROOT, '.runtime');

/** The files beneath each of these decide whether the build is stale. */
const BUILT_FROM = [
  'src-main',
  'src-preload',
  'src-renderer',
  'models',
  'electron.vite.config.ts',
  'build/precompress.ts',
  'package.json',
  'package-lock.json',
];

export async function main([command = 'start', ...args]) {
  if (!isNewEnough()) return again(bringNode(), [command, ...args]);
  installIfMissing();
  switch (command) {
    case 'build':
      return build() || node([join(ROOT, 'build/sbom.mjs')]);
    case 'build-if-stale':
      return buildIfStale();
    case 'start':
      return buildIfStale() || start(args);
    case 'nom':
      return buildIfStale() || node([join(ROOT, 'out/main/cli.js'), ...args]);
    case 'dev':
      return buildIfStale() || dev(args);
    case 'workbench':
      return workbench(args);
    case 'seed':
      return buildIfStale() || node([join(ROOT, 'out/main/cli.js'), 'seed', ...args]);
    case 'test':
      return buildIfStale() || testWithPrograms(args);
    case 'bench':
      return buildIfStale() || long('bench', args);
    case 'torture':
      return buildIfStale() || long('torture', args);
    case 'check':
      return check(args);
    case 'docs:house':
      return node([join(ROOT, 'build/house/draw.mjs')]);
    default:
      console.error(
        `There is no command "${command}". Known: start, test, check, bench, torture, seed, dev, workbench, build, docs:house, nom.`,
      );
      return 2;
  }
}

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1]);
}

/** A Node of our own beside the project, from the npm registry; gives back its path. */
function bringNode() {
  const name = process.platform === 'win32' ? `node-win-${process.arch}` : `node-${process.platform}-${process.arch}`;
  const binary = join(RUNTIME, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  console.error(
    `This Node is ${process.versions.node}; Tonearm needs ${NODE_FLOOR.join('.')} or newer. Fetching Node ${NODE_MAJOR} …`,
  );
  mkdirSync(RUNTIME, { recursive: true });
  writeFileSync(join(RUNTIME, 'package.json'), '{ "private": true }\n');
  const result = npm([
    'install',
    `${name}@${NODE_MAJOR}`,
    '--prefix',
    RUNTIME,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ]);
  if (result !== 0 || !existsSync(binary)) {
    console.error(
      `Could not fetch ${name}@${NODE_MAJOR} from the npm registry. Install Node ≥ ${NODE_FLOOR.join('.')} and try again.`,
    );
    process.exit(78);
  }
  return binary;
}

function again(binary, args) {
  const path = `${dirname(binary)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`;
  return run(binary, [fileURLToPath(import.meta.url), ...args], { ...process.env, PATH: path });
}

function npm(args) {
  // stdout belongs to the command that was asked for (`nom list --json`), so npm talks to stderr.
  const result = spawnSync('npm', args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: withoutNpm(),
  });
  return result.status ?? 1;
}

/** An outer npx or npm hands its own settings down; an inner install must not see them. */
function withoutNpm() {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_(package|call|yes|global|prefix|local_prefix)|lifecycle|package)/i.test(name),
    ),
  );
}

function installIfMissing() {
  const stamp = join(ROOT, 'node_modules', '.tonearm-install');
  const wanted = hashOf([join(ROOT, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (lstatSync(dirname(stamp), { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm would empty the folder that the link leads to, which is another checkout's.
    console.error(
      'node_modules is a link, and what it leads to was installed for other versions. Remove it to install.',
    );
    return;
  }
  console.error('Installing what Tonearm needs …');
  if (npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund']) !== 0) {
    console.error('The installation failed; see the lines above. Is the npm registry reachable?');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

function buildIfStale() {
  const stamp = join(ROOT, 'out', '.built-from');
  const wanted = hashOf(BUILT_FROM.flatMap((name) => filesBelow(join(ROOT, name))));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 0;
  const status = build();
  if (status === 0) writeFileSync(stamp, wanted);
  return status;
}

function build() {
  rmSync(join(ROOT, 'out'), { recursive: true, force: true });
  const result = spawnSync(
    process.execPath,
    [bin('electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    },
  );
  return result.status ?? 1;
}

/** Electron's window where its binary is, else the same application in the browser. */
function start(args) {
  const electron = electronBinary();
  if (electron && args.length === 0) return run(electron, [ROOT]);
  const rest = args[0] === 'demo' ? ['demo', ...args.slice(1)] : ['serve', '--open', ...args];
  return node([join(ROOT, 'out/main/cli.js'), ...rest]);
}

function dev(args) {
  const electron = electronBinary();
  if (!electron)
    console.error('No Electron here: building on every change; open the page of `npm start` in a browser.');
  const command = electron ? ['dev', '--watch'] : ['build', '--watch'];
  return node([bin('electron-vite/bin/electron-vite.js'), ...command, ...args]);
}

/** Every component in every state, in any browser: `/dev` of `npm run dev`, without Electron. */
function workbench(args) {
  console.error('The workbench is the page /dev of:');
  return node([bin('vite/bin/vite.js'), '--config', join(ROOT, 'build/workbench.config.ts'), ...args]);
}

/** Looks for the binary without importing `electron`, which would try to download it. */
function electronBinary() {
  const folder = join(ROOT, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

/** All tests. `--install` first brings the programs that some of them need. */
async function testWithPrograms([...args]) {
  const at = args.indexOf('--install');
  if (at >= 0) {
    args.splice(at, 1);
    const { installPrograms } = await import('./install-programs.mjs');
    const status = installPrograms();
    if (status !== 0) return status;
  }
  return test(args);
}

function test(args) {
  return node([bin('vitest/vitest.mjs'), 'run', ...args]);
}

/** The runs that take too long for every day. `--minutes 10` says how long the torture may take. */
function long(name, [...args]) {
  const at = args.indexOf('--minutes');
  if (at >= 0) process.env.TONEARM_MINUTES = args.splice(at, 2)[1];
  // `metadata FOLDER` compares the files of that folder.
  if (name === 'torture' && args[0] === 'metadata' && args[1]) process.env.TONEARM_FOLDER = args.splice(1, 1)[0];
  if (name === 'torture') process.env.TONEARM_FIGURES = '1';
  // `torture -- decode FOLDER` compares every file of a folder of yours.
  if (args[0] === 'decode' && args[1] && existsSync(args[1]))
    process.env.TONEARM_DECODE_FOLDER = resolve(args.splice(1, 1)[0]);
  // A run that is asked for by its name has the minutes to itself.
  if (args.some((arg) => !arg.startsWith('-'))) process.env.TONEARM_UNSHARED = '1';
  return test(['--config', join(ROOT, name === 'torture' ? 'test/stress' : 'test/bench', 'vitest.config.ts'), ...args]);
}

function check(args) {
  const steps = [
    ['types', bin('typescript/bin/tsc'), ['-p', 'tsconfig.json']],
    ['types of the renderer', bin('typescript/bin/tsc'), ['-p', 'tsconfig.renderer.json']],
    ['types of the contract', bin('typescript/bin/tsc'), ['-p', 'tsconfig.contract.json']],
    [
      'lint and format',
      bin('@biomejs/biome/bin/biome'),
      ['check', ...(args.includes('--fix') ? ['--write'] : ['--error-on-warnings'])],
    ],
    ['layers, entrances and cycles', join(ROOT, 'build/house/check.mjs'), []],
    ['sizes, any and silenced warnings', join(ROOT, 'build/house/sizes.mjs'), []],
    ['words', join(ROOT, 'build/house/words.mjs'), []],
    ['one owner and writer for each table', join(ROOT, 'build/house/tables.mjs'), []],
    ['unused files, packages and exports', bin('knip/bin/knip.js'), []],
    ['sums of prebuilt files', join(ROOT, 'build/prebuilt.mjs'), []],
    ['known weaknesses', join(ROOT, 'build/audit.mjs'), ['--offline']],
  ];
  let failed = 0;
  for (const [name, script, scriptArgs] of steps) {
    const result = spawnSync(process.execPath, [script, ...scriptArgs], { cwd: ROOT, stdio: 'inherit' });
    console.log(`${result.status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
    failed += result.status === 0 ? 0 : 1;
  }
  return failed === 0 ? 0 : 1;
}

function bin(path) {
  return join(ROOT, 'node_modules', path);
}

function node(args) {
  return run(process.execPath, args);
}

/** Runs a command in this terminal, hands signals on, and resolves with its exit code. */
function run(command, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...env, TONEARM_ROOT: ROOT } });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile() && !/\.test\.tsx?$/.test(file))
    .sort();
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

if (process.argv[1] && fileURLToPath(import.meta.url).endsWith('launch.mjs') && /launch\.mjs$/.test(process.argv[1])) {
  process.exitCode = await main(process.argv.slice(2));
}
