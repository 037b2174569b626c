import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../rpc';
import { limitConnections } from './guards';

/** How long a client may take; `checkMs` is how often that is looked after. */
export interface Timeouts {
  readonly headersMs: number;
  readonly requestMs: number;
  readonly checkMs: number;
}
const TIMEOUTS: Timeouts = { headersMs: 15_000, requestMs: 30_000, checkMs: 2_000 };

export interface ListenOptions {
  readonly timeouts?: Timeouts;
  /** Whether an address is a proxy's, through which many clients come. */
  readonly trusts: (address: string | undefined) => boolean;
}

const LOOPBACK = ['127.0.0.1', '::1'];

/** Whether this is an address of this machine that others cannot reach. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);
}

/** Never the name `localhost`, whose order of addresses varies: both loopbacks, and what else was asked for. */
export function addressesFor(listen: string): string[] {
  if (isLoopback(listen)) return LOOPBACK;
  if (listen === '0.0.0.0') return ['0.0.0.0', '::1'];
  if (listen === '::') return ['::'];
  return [listen, ...LOOPBACK];
}

/**
 * Opens a server on each address, all on one port; port 0 takes a free one. An address that the machine does not
 * have is left out unless it is the first. Throws `conflict`, saying who answers there, when the port is taken.
 */
export async function listenOn(
  addresses: readonly string[],
  port: number,
  listener: RequestListener,
  options: ListenOptions,
): Promise<Server[]> {
  const servers: Server[] = [];
  for (const address of addresses) {
    const chosen = servers.length > 0 ? portOf(servers[0]) : port;
    try {
      servers.push(await open(address, chosen, serverWith(listener, options)));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (servers.length > 0 && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) continue;
      for (const server of servers) server.close();
      if (code === 'EADDRINUSE') throw new AppError('conflict', await portTaken(address, chosen), { cause: error });
      if (code === 'EACCES')
        throw new AppError('conflict', `This user may not open port ${chosen}. Choose one above 1023.`, {
          cause: error,
        });
      if (code === 'EADDRNOTAVAIL')
        throw new AppError('conflict', `This machine has no address ${address}.`, { cause: error });
      throw error;
    }
  }
  return servers;
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function serverWith(listener: RequestListener, { timeouts: chosen = TIMEOUTS, trusts }: ListenOptions): Server {
  const { headersMs, requestMs, checkMs } = chosen;
  const timeouts = { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: checkMs };
  const server = createServer({ ...timeouts, keepAliveTimeout: 5_000 }, listener);
  server.maxHeadersCount = 64;
  limitConnections(server, trusts);
  return server;
}

function open(address: string, port: number, server: Server): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, ipv6Only: address === '::1' }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

async function portTaken(address: string, port: number): Promise<string> {
  const there = await programAt(address, port);
  return `Port ${port} is taken: ${there} answers there. Stop it, or choose another port with --port or TONEARM_PORT.`;
}

async function programAt(address: string, port: number): Promise<string> {
  const host = address.includes(':') ? '[::1]' : address === '0.0.0.0' ? '127.0.0.1' : address;
  try {
    const response = await fetch(`http://${host}:${port}/health`, { signal: AbortSignal.timeout(1500) });
    const body = (await response.json().catch(() => ({}))) as { product?: unknown; version?: unknown };
    if (body.product === 'Tonearm') return `another Tonearm (${body.version})`;
    const server = response.headers.get('server');
    return server ? `a web server ("${server.slice(0, 60)}")` : 'a web server of another program';
  } catch {
    return 'a program that does not speak HTTP';
  }
}
