import { type Auth, removeInstance, writeInstance } from '../../platform/auth';
import { isLoopback } from './listen';
import { createHttpServer, type HttpServerOptions } from './server';

export interface HttpListener {
  readonly port: number;
  readonly addresses: readonly string[];
  /** Other machines can reach it. */
  readonly isLan: boolean;
  /** The page's address on this machine. */
  readonly address: string;
  /** The page's address with a ticket that logs in once, within five minutes. */
  loginLink(): string;
  close(): Promise<void>;
}

/** Listens, and tells the command line where by the instance file, until `close`. Throws as `listen` does. */
export async function openHttpListener(options: HttpServerOptions & { instanceFile: string }): Promise<HttpListener> {
  const { auth, instanceFile, version } = options;
  const server = createHttpServer(options);
  const { port, addresses } = await server.listen();
  const isLan = !addresses.every(isLoopback);
  writeInstance(instanceFile, { port, pid: process.pid, token: auth.localToken, version, isLan });
  const address = `http://127.0.0.1:${port}/`;
  return {
    port,
    addresses,
    isLan,
    address,
    loginLink: () => linkFor(address, auth),
    async close() {
      removeInstance(instanceFile);
      await server.close();
    },
  };
}

/** The ticket stands after the `#`, which is sent to no server and written to no log. */
function linkFor(address: string, auth: Auth): string {
  return `${address}#login=${auth.loginTickets.issue(true)}`;
}
