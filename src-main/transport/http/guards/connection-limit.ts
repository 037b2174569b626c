import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps the number of a server's connections within `most`. One too many takes the place of the one that has waited
 * longest without a request of its own being answered: idle, or never getting to the end of its headers. So whoever
 * opens a thousand connections and says nothing keeps nobody out. When every one is being answered, the newest is
 * refused.
 */
export function limitConnections(server: Server, most: number): void {
  /** Those that are not being answered, the one that waits longest first. */
  const waiting = new Set<Socket>();
  let open = 0;

  server.on('connection', (socket) => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
      waiting.delete(socket);
    });
    if (open > most) {
      const [longest] = waiting;
      waiting.delete(longest ?? socket);
      (longest ?? socket).destroy();
    }
    if (!socket.destroyed) waiting.add(socket);
  });
  server.on('request', ({ socket }, response) => {
    waiting.delete(socket);
    response.once('close', () => {
      if (!socket.destroyed) waiting.add(socket);
    });
  });
}
