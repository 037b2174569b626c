import { request } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import type { Route } from '../../src-main/rpc/routes';
import { startFortress } from './fuzz/fortress';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** One way in: a procedure at one of its paths, with `1` in the places of that path. */
export interface WayIn extends Asked {
  readonly route: Route;
  readonly isInbound: boolean;
}

const PATIENCE_MS = 20_000;

/** The whole application behind its door, and connections to it that can say anything. */
export async function atTheListener() {
  const fortress = await startFortress();
  const sockets = new Set<Socket>();
  const ways: WayIn[] = fortress.app.routes.flatMap((route) =>
    route.procedure.http.map((http) => {
      const [method, path] = http.split(' ', 2);
      return { route, method, path: path.replaceAll(/:\w+/g, '1'), isInbound: path.includes('/webhooks/inbound/') };
    }),
  );

  return {
    ...fortress,
    ways,
    /** Asks with these headers and no others, but for `Host` where none is named. */
    ask: ({ method, path, headers = {}, body }: Asked): Promise<Received> =>
      new Promise((resolve, reject) => {
        const own = { Host: `127.0.0.1:${fortress.port}`, 'Content-Length': Buffer.byteLength(body ?? ''), ...headers };
        const { port } = fortress;
        const sent = request({ host: '127.0.0.1', port, method, path, headers: own, agent: false }, (response) => {
          let text = '';
          const done = () => resolve({ status: response.statusCode!, headers: response.headers, text });
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.once('end', done);
          response.once('error', reject);
          if (!response.headers['content-type']?.startsWith('text/event-stream')) return;
          // A stream has no end; it is left open.
          sockets.add(response.socket);
          response.pause();
          done();
        });
        sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error(`No answer: ${method} ${path}`)));
        // What is refused by its header is answered while its body is still on the way.
        sent.once('error', (error: NodeJS.ErrnoException) =>
          error.code === 'EPIPE' || error.code === 'ECONNRESET'
            ? resolve({ status: 0, headers: {}, text: '' })
            : reject(error),
        );
        sent.end(body);
      }),
    /** Says just this; gives all that came back once the other side let go. */
    say(text: string, port = fortress.port): { readonly ended: Promise<string>; readonly answered: Promise<void> } {
      const socket = createConnection({ port, host: '127.0.0.1' });
      sockets.add(socket);
      let received = '';
      socket.on('error', () => {});
      socket.on('data', (chunk: Buffer) => {
        received += chunk.toString();
      });
      socket.write(text);
      return {
        ended: new Promise((resolve) => socket.once('close', () => resolve(received))),
        answered: new Promise((resolve) => socket.once('connect', () => resolve())),
      };
    },
    letGo(): void {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
  };
}
export type Door = Awaited<ReturnType<typeof atTheListener>>;
