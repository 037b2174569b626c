import { createApp, workerPrograms } from '../../app';
import { type AppPaths, findPort, VERSION } from '../../platform/paths';
import { findReverseProxy, type ReverseProxyChoices } from '../../platform/reverse-proxy';
import { createNodeHost } from '../../platform/worker-process';
import { type HttpListener, openHttpListener } from '../http';

export interface ServeOptions {
  readonly port?: number;
  readonly listen?: string;
  readonly reverseProxy?: ReverseProxyChoices;
  readonly isOpenToAll?: boolean;
  /** Ends the process and starts it again. */
  readonly restart?: () => void;
}

/** What the application needs of a machine that has no Electron. */
export function nodeHost(paths: AppPaths) {
  return { workers: createNodeHost(workerPrograms(paths)) };
}

/** The application without a window: the library, the workers, and the page and API on a port. */
export async function serve(
  paths: AppPaths,
  options: ServeOptions,
): Promise<{ listener: HttpListener; stop: () => Promise<void> }> {
  const app = await createApp(paths, { ...nodeHost(paths), restart: options.restart });
  let listener: HttpListener | undefined;
  try {
    listener = await openHttpListener({
      ...app,
      version: VERSION,
      ui: paths.ui,
      instanceFile: paths.instanceFile,
      port: options.port ?? findPort(),
      listen: options.listen ?? process.env.TONEARM_LISTEN,
      reverseProxy: findReverseProxy(options.reverseProxy ?? {}, app.settings),
      isOpenToAll: options.isOpenToAll,
    });
    await app.start();
    app.watch();
    const { close } = listener;
    return { listener, stop: () => close().then(() => app.stop()) };
  } catch (thrown) {
    await listener?.close();
    await app.stop();
    throw thrown;
  }
}
