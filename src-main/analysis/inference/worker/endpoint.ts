import type { FromWorker, ToWorker } from './protocol';

/** The worker's end of the channel to whoever started it. */
export interface Endpoint {
  post(message: FromWorker): void;
  onMessage(listen: (message: ToWorker) => void): void;
  /** The one who started us is gone. */
  onClose(listen: () => void): void;
}

/** The part of Electron's `process.parentPort` that we use; there only in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listen: (event: { data: unknown }) => void): void;
  on(event: 'close', listen: () => void): void;
}

/** Electron's utility process or Node's fork: the only place where the difference is known. */
export function processEndpoint(): Endpoint {
  const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listen) => parentPort.on('message', ({ data }) => listen(data as ToWorker)),
      onClose: (listen) => parentPort.on('close', listen),
    };
  }
  return {
    post: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listen) => {
      process.on('message', (message) => listen(message as ToWorker));
    },
    onClose: (listen) => {
      process.on('disconnect', listen);
    },
  };
}
