/** The worker's end of the channel to whoever started it. */
export interface Endpoint<To = unknown, From = unknown> {
  post(message: From): void;
  onMessage(listen: (message: To) => void): void;
}

/** The part of Electron's `process.parentPort` that we use; there only in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listen: (event: { data: unknown }) => void): void;
  on(event: 'close', listen: () => void): void;
}

/**
 * Electron's utility process or Node's fork: the only place where the difference is known. The process ends when
 * whoever started it is gone.
 */
export function processEndpoint<To, From>(): Endpoint<To, From> {
  const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (parentPort) {
    parentPort.on('close', end);
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listen) => parentPort.on('message', ({ data }) => listen(data as To)),
    };
  }
  process.on('disconnect', end);
  return {
    post: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listen) => {
      process.on('message', (message) => listen(message as To));
    },
  };
}

/** `process.exit` joins the threads of V8, one of which may wait for the main thread: then neither would ever end. */
const end = () => process.kill(process.pid, 'SIGKILL');
