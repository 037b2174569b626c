import { randomBytes } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readInstance } from '../../src-main/platform/auth';
import { findPaths } from '../../src-main/platform/paths/paths';
import { temporaryFolder } from '../support/small-music';
import { softChords, wavOf, whiteNoise } from '../support/synthetic-audio';
import { tinyHeadModel, writeTinyModels } from '../support/tiny-model';
import { batchEnded, type Served, serve, until } from './served';

export const PASSWORD = 'correct horse';

export type Credential = 'session' | 'key' | 'read' | 'webhook' | 'wrong' | 'none';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A served application with a tagged library, and everything that a row of the tables needs to ask it. */
export async function aNomarrWorld() {
  const folder = temporaryFolder('nomarr-documents');
  const data = join(folder.path, 'data');
  const music = join(realpathSync(folder.path), 'music');
  const album = join(music, 'album');
  mkdirSync(album, { recursive: true });
  const sound = (name: string, make: (t: number) => number) => {
    const file = join(album, name);
    writeFileSync(file, wavOf(make, { seconds: 8 }));
    return file;
  };
  const songs = [sound('one.wav', softChords), sound('two.wav', whiteNoise()), sound('three.wav', softChords)];
  mkdirSync(join(folder.path, 'elsewhere'));
  symlinkSync(join(folder.path, 'elsewhere'), join(music, 'escape'));

  const models = writeTinyModels(join(folder.path, 'models'));
  const head = join(models, 'tiny', 'heads', 'softmax', 'mood_happy-tiny-1');
  writeFileSync(`${head}.onnx`, tinyHeadModel({ seed: 3 }));
  writeFileSync(`${head}.json`, JSON.stringify({ type: 'multi-class classifier', classes: ['happy', 'non_happy'] }));
  const app: Served = await serve({ data, models });
  const { api } = app;
  await api.auth.setPassword({ password: PASSWORD });
  const library = await api.libraries.add({ root_path: music, name: 'Main Library', watchMode: 'off' });
  await batchEnded(api, (await api.queue.tag({ path: music })).batch_id);

  const { instanceFile } = findPaths({ data, models: [] });
  const base = `http://127.0.0.1:${readInstance(instanceFile)!.port}`;
  let session = await login();

  async function login(): Promise<string> {
    const response = await fetch(`${base}/api/web/auth/login`, jsonOf({ password: PASSWORD }));
    return ((await response.json()) as { session_token: string }).session_token;
  }

  const keys: Partial<Record<Credential, { secret: string; used: number }>> = {};
  /** A key serves sixty calls: beyond a hundred in five seconds a credential is slowed down. */
  async function secretOf(credential: Credential): Promise<string | undefined> {
    if (credential === 'none') return undefined;
    if (credential === 'wrong') return `tonearm_${randomBytes(32).toString('base64url')}`;
    if (credential === 'session') return session;
    const known = keys[credential];
    if (known && known.used < 60) {
      known.used += 1;
      return known.secret;
    }
    const scope = credential === 'key' ? 'full' : credential;
    const { key } = await api.auth.createKey({ name: `tables ${credential}`, scope });
    keys[credential] = { secret: key, used: 1 };
    return key;
  }

  async function ask(method: string, path: string, credential: Credential, body?: unknown): Promise<Reply> {
    const secret = await secretOf(credential);
    const headers = { ...(secret && { Authorization: `Bearer ${secret}` }) };
    const send = () => fetch(base + path, { redirect: 'manual', method, ...jsonOf(body, headers, method) });
    let response = await send();
    // The pace that is meant for programs that run wild; the tables are one.
    while (response.status === 429 && Number(response.headers.get('retry-after')) <= 20) {
      await setTimeout(Number(response.headers.get('retry-after')) * 1000);
      response = await send();
    }
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  /** Jobs that wait, because the queue is paused. */
  async function waiting(): Promise<number> {
    await api.queue.pause({});
    const { job_id } = await api.queue.tag({ path: songs[0], force: true });
    return job_id!;
  }

  let lost = 0;
  /** A job that failed: its file was gone when its turn came. */
  async function failed(): Promise<number> {
    await api.queue.pause({});
    const file = sound(`gone-${++lost}.wav`, softChords);
    const { job_id, batch_id } = await api.queue.tag({ path: file });
    rmSync(file);
    await api.queue.resume({});
    await batchEnded(api, batch_id);
    return job_id!;
  }

  const done = (await api.queue.list({ status: 'done', limit: 1 })).jobs[0].id;

  return {
    ...{ app, api, base, data, music, album, songs, library, done, ask, waiting, failed },
    get session(): string {
      return session;
    },
    /** A new password ends all sessions. */
    async logInAgain(): Promise<void> {
      session = await login();
    },
    outside: join(folder.path, 'elsewhere'),
    /** Resolves when the application answers under the same address again. */
    back: (was: number) =>
      until('the application to be back', async () => {
        const instance = readInstance(instanceFile);
        const answer = await fetch(`${base}/health`).catch(() => undefined);
        return answer?.ok === true && instance !== undefined && performance.now() - was > 500 && instance;
      }),
    instance: () => readInstance(instanceFile)!,
    async end(): Promise<void> {
      await app.stop();
      folder.remove();
    },
  };
}
export type World = Awaited<ReturnType<typeof aNomarrWorld>>;

function jsonOf(body: unknown, headers: Record<string, string> = {}, method = 'POST'): RequestInit {
  if (body === undefined || method === 'GET') return { headers };
  return { method, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}
