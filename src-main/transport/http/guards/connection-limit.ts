import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import { clientGroup } from '../../../platform/auth';
import { AppError } from '../../../rpc';
import { contextOf } from './context';

const MAX_CONNECTIONS = 256;
const MAX_OF_ONE_CLIENT = 64;
/** All programs of this machine come from here, so that the number says nothing. */
const OWN_ADDRESSES = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/**
 * Keeps the number of a server's connections within 256, and of one address within 64. One too many takes the place of
 * the one that has waited longest without a whole request of its own being answered: idle, or never getting to the end
 * of its headers or its body; first among those of the client that has most. So whoever opens a thousand connections and
 * says nothing, or half of something, keeps nobody out. When every one is being answered, the newest is refused.
 *
 * @param isProxy whether an address is one through which many clients come
 */
export function limitConnections(server: Server, isProxy: (address: string | undefined) => boolean): void {
  /** Those that are not being answered, with their client, the one that waits longest first. */
  const waiting = new Map<Socket, string | undefined>();
  const ofClient = new Map<string, number>();
  const clientOf = new WeakMap<Socket, string>();
  let open = 0;

  function count(client: string | undefined, change: number): number {
    if (client === undefined) return 0;
    const now = (ofClient.get(client) ?? 0) + change;
    if (now > 0) ofClient.set(client, now);
    else ofClient.delete(client);
    return now;
  }

  /** The longest waiting connection of a client, or of the one that lets most wait. */
  function longest(client?: string): Socket | undefined {
    const of = client ?? mostWaiting([...waiting.values()]);
    for (const [socket, owner] of waiting) if (owner === of) return socket;
    return undefined;
  }

  function close(socket: Socket): void {
    waiting.delete(socket);
    socket.destroy();
  }

  server.on('connection', (socket) => {
    const { remoteAddress: address = '' } = socket;
    const client = OWN_ADDRESSES.includes(address) || isProxy(address) ? undefined : clientGroup(address);
    if (client !== undefined) clientOf.set(socket, client);
    open += 1;
    const own = count(client, 1);
    socket.once('close', () => {
      open -= 1;
      count(client, -1);
      waiting.delete(socket);
    });
    if (own > MAX_OF_ONE_CLIENT) close(longest(client) ?? socket);
    else if (open > MAX_CONNECTIONS) close(longest() ?? socket);
    if (!socket.destroyed) waiting.set(socket, client);
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    const answering = () => waiting.delete(socket);
    if (hasBody(request)) request.once('end', answering);
    else answering();
    response.once('close', () => {
      if (!socket.destroyed) waiting.set(socket, clientOf.get(socket));
    });
  });
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function mostWaiting(clients: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string | undefined, number>();
  let most: string | undefined;
  for (const client of clients) {
    const count = (counts.get(client) ?? 0) + 1;
    counts.set(client, count);
    if (count > (counts.get(most) ?? 0)) most = client;
  }
  return most;
}

/**
 * Refuses a client whose requests are not answered yet in too great a number. Through a proxy all come over its
 * connections, so that these say nothing.
 */
export function limitUnanswered(): RequestHandler {
  const unanswered = new Map<string, number>();
  return (_request, response, next) => {
    const { client } = contextOf(response);
    const count = (unanswered.get(client) ?? 0) + 1;
    if (count > MAX_OF_ONE_CLIENT && client !== '127.0.0.1' && client !== clientGroup('::1'))
      throw new AppError(
        'rate_limited',
        'Too many requests of this address are being answered. Wait for some to end.',
        {
          details: [{ retryAfterS: 1 }],
        },
      );
    unanswered.set(client, count);
    response.once('close', () => {
      const left = (unanswered.get(client) ?? 1) - 1;
      if (left > 0) unanswered.set(client, left);
      else unanswered.delete(client);
    });
    next();
  };
}
