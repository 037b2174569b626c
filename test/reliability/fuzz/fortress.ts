import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { Agent, request as ask } from 'node:http';
import { join } from 'node:path';
import { workerPrograms } from '../../../src-main/app';
import { type App, createApp } from '../../../src-main/app/app';
import { encodeWav, renderPiece } from '../../../src-main/app/demo';
import { type AppPaths, findPaths } from '../../../src-main/platform/paths/paths';
import { createNodeHost } from '../../../src-main/platform/worker-process';
import { createHttpServer } from '../../../src-main/transport/http';
import { temporaryFolder } from '../../support/small-music';
import type { HostileRequest, OpenApi } from './operations';

/** Nobody waits longer for an answer. */
const PATIENCE_MS = 20_000;

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Processor time that went by in this process, the client's included; a busy machine does not add to it. */
  readonly busyMs: number;
}

/** The whole application on a throw-away folder, listening, with a little of everything in it. */
export async function startFortress() {
  const folder = temporaryFolder('fortress');
  // Deep inside, so that what climbs out of it lands where it can be seen.
  const paths = findPaths({ data: join(folder.path, 'a/b/c/d/data'), models: [] });
  const app = await createApp(paths, { workers: createNodeHost(workerPrograms(paths)) });
  let now = Date.now();
  const server = createHttpServer({
    ...{
      routes: app.routes,
      errorFamilies: app.errorFamilies,
      auth: app.auth,
      events: app.events,
      log: app.log,
      version: '1',
      port: 0,
    },
    // Every call comes a minute after the last, so that no limit stands between it and what it is for.
    clock() {
      now += 60_000;
      return new Date(now);
    },
  });
  const { port } = await server.listen();
  await furnish(app, paths);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const secrets = new Set([app.auth.localToken]);

  return {
    folder: folder.path,
    app,
    port,
    /** Paths that are there, and some that look as if they were. */
    words: ['a.wav', 'a.wav/x', '', 'loop', 'out', 'none.wav'].map((name) => join(paths.data, '../music', name)),
    /** Every secret that an answer has shown. */
    secrets,
    document: (): Promise<OpenApi> =>
      fetch(`http://127.0.0.1:${port}/openapi.json`).then((response) => response.json() as Promise<OpenApi>),
    async send(request: HostileRequest): Promise<Answer> {
      const answer = await sendTo(port, agent, request, app.auth.localToken);
      for (const [secret] of answer.text.matchAll(/tonearm_[\w-]{43}/g)) secrets.add(secret);
      return answer;
    },
    /** Closes everything; gives all that was logged. */
    async close(): Promise<string> {
      agent.destroy();
      await server.close();
      await app.stop();
      const logged = readdirSync(paths.logs).map((name) => readFileSync(join(paths.logs, name), 'utf8'));
      return logged.join('');
    },
    /** What lies beside the way down to the data, where nothing of ours belongs. */
    escaped(): string[] {
      const steps = ['', 'a', 'a/b', 'a/b/c', 'a/b/c/d'];
      const found = steps.flatMap((step) => readdirSync(join(folder.path, step)));
      return found.filter((name) => !['a', 'b', 'c', 'd', 'data', 'music'].includes(name));
    },
    remove: folder.remove,
  };
}
export type Fortress = Awaited<ReturnType<typeof startFortress>>;

async function furnish(app: App, { data }: AppPaths): Promise<void> {
  const call = async (name: string, input: unknown) => {
    const outcome = await app.routes.find((route) => route.name === name)!.call(input, { transport: 'cli' });
    if (!outcome.ok) throw new Error(`${name}: ${outcome.error.message}`);
    return outcome.value as { id: number };
  };
  const music = join(data, '../music');
  mkdirSync(music);
  const piece = { style: 'house', bpm: 124, key: 'A', scale: 'minor', seconds: 2, sampleRate: 8000, seed: 1 } as const;
  for (const name of ['a.wav', 'b.wav']) writeFileSync(join(music, name), encodeWav(renderPiece(piece), 8000));
  symlinkSync('loop', join(music, 'loop'));
  symlinkSync('/', join(music, 'out'));
  const library = await call('libraries.add', { root_path: music });
  await call('libraries.scan', { id: library.id });
  for (const kind of ['navidrome', 'lidarr'])
    await call('connections.add', {
      kind,
      name: kind,
      url: 'http://127.0.0.1:9',
      username: 'a',
      secret: 'b-secret-word',
    });
}

function sendTo(
  port: number,
  agent: Agent,
  { method, path, type, body }: HostileRequest,
  key: string,
): Promise<Answer> {
  const before = process.cpuUsage();
  return new Promise((resolve, reject) => {
    const headers = {
      Authorization: `Bearer ${key}`,
      ...(type !== undefined && { 'Content-Type': type }),
      'Content-Length': Buffer.byteLength(body ?? ''),
    };
    const sent = ask({ host: '127.0.0.1', port, agent, method, path, headers }, (response) => {
      let text = '';
      const done = () => {
        const { user, system } = process.cpuUsage(before);
        resolve({ status: response.statusCode!, text, busyMs: (user + system) / 1000 });
      };
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', done);
      response.once('error', reject);
      // A stream has no end; that it opened is its answer.
      if (!response.headers['content-type']?.startsWith('text/event-stream')) return;
      done();
      sent.destroy();
    });
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error(`No answer within ${PATIENCE_MS / 1000} s`)));
    // What is refused by its header is answered while its body is still on the way.
    sent.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET'
        ? resolve({ status: 0, text: '', busyMs: 0 })
        : reject(error),
    );
    sent.end(body);
  });
}
