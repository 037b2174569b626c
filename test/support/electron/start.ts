import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { pathOf } from '../requirements';
import type { Command } from './remote-control';

const ROOT = join(import.meta.dirname, '../../..');

interface Options {
  /** The data folder, fresh for each test. */
  data: string;
  args?: string[];
  env?: Record<string, string>;
}

/** Runs the built main process with the stand-in and attaches to its window. */
export async function startDesktop({ data, args = [], env = {} }: Options) {
  const port = await freePort();
  const child = fork(join(ROOT, 'out/main/index.js'), args, {
    execArgv: ['--import', join(import.meta.dirname, 'register.mjs')],
    env: {
      ...process.env,
      TONEARM_DATA: data,
      TONEARM_PORT: '0',
      STAND_IN_CHROMIUM: pathOf('chromium'),
      STAND_IN_PORT: String(port),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += String(text)));
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return {
    exited,
    output: () => output,
    tell: talkTo(child),
    attach: () => attach(port, exited, () => output),
    kill: () => child.kill('SIGKILL'),
  };
}
export type Desktop = Awaited<ReturnType<typeof startDesktop>>;

function talkTo(child: ChildProcess) {
  const waiting = new Map<number, (value: unknown) => void>();
  let nextId = 1;
  child.on('message', ({ id, value }: { id: number; value: unknown }) => waiting.get(id)?.(value));
  return <T = unknown>(command: Command): Promise<T> => {
    const id = nextId++;
    child.send({ id, command });
    return new Promise((resolve) => waiting.set(id, resolve as (value: unknown) => void));
  };
}

/** A second client of the same Chromium: sees the page that the main process opened. */
async function attach(
  port: number,
  exited: Promise<unknown>,
  output: () => string,
): Promise<{ page: Page; browser: Browser }> {
  let isOver = false;
  void exited.then(() => {
    isOver = true;
  });
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && !isOver) {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => undefined);
    const page = browser
      ?.contexts()
      .flatMap((context) => context.pages())
      .find((candidate) => candidate.url().includes('app.test'));
    if (browser && page) return { browser, page };
    await browser?.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The window did not open. ${output()}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
