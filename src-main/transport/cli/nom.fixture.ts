import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { wavOf } from '../../../test/support/synthetic-audio';

// The built command, as a person runs it: `npm test` builds it first.
export const NOM = join(import.meta.dirname, '../../../out/main/cli.js');

const children: ChildProcess[] = [];
/** After each test: nothing of it goes on. */
export function endChildren(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL');
}

export const aTone = (seconds: number, hz = 440) => wavOf((at) => Math.sin(2 * Math.PI * hz * at) / 2, { seconds });
export const aFolder = () => mkdtempSync(join(tmpdir(), 'tonearm-nom-'));

export function startNom(data: string, args: readonly string[], input = '', more: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, TONEARM_DATA: data, TONEARM_MODELS: '', TONEARM_PORT: '0', ...more };
  const child = spawn(process.execPath, [NOM, ...args], { env, stdio: 'pipe' });
  children.push(child);
  child.stdin.end(input);
  return child;
}

/** What a command that was started says, and its exit code. */
export async function endOf(child: ReturnType<typeof startNom>) {
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return {
    stdout,
    stderr,
    code: code as number,
    json: () =>
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

export const nom = (data: string, args: readonly string[], input?: string) => endOf(startNom(data, args, input));

/** A served application; resolves when it tells its address. */
export async function serve(data: string) {
  const child = startNom(data, ['serve', '--json']);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { port, link } = JSON.parse(line.toString()) as { port: number; link: string };
  return { child, port, link, ended: once(child, 'exit') as Promise<[number]> };
}
