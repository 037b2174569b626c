import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const NOM = join(import.meta.dirname, '../../out/main/cli.js');

/** Runs the built command on a data folder, as a person does, with something on its standard input. */
export async function nom(data: string, args: readonly string[], input = '') {
  const env = { ...process.env, TONEARM_DATA: data, TONEARM_MODELS: '' };
  const child = spawn(process.execPath, [NOM, ...args], { env, stdio: 'pipe' });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, code: code as number };
}
