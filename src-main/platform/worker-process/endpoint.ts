/** The worker's end of the channel to whoever started it. */
export interface Endpoint<To = unknown, From = unknown> {
  post(message: From): void;
  onMessage(listen: (message: To) => void): void;
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
export function processEndpoint<To, From>(): Endpoint<To, From> {
  const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listen) => parentPort.on('message', ({ data }) => listen(data as To)),
      onClose: (listen) => parentPort.on('close', listen),
    };
  }
  return {
    post: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listen) => {
      process.on('message', (message) => listen(message as To));
    },
    onClose: (listen) => {
      process.on('disconnect', listen);
    },
  };
}
