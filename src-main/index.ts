import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
  utilityProcess,
} from 'electron';
import { type AppHost, createApp, workerPrograms } from './app';
import { restoreNow } from './platform/backups';
import { findPaths, findPort, VERSION } from './platform/paths';
import { findReverseProxy } from './platform/reverse-proxy';
import { type HttpListener, openHttpListener } from './transport/http';
import { type RunningApp, runDesktop } from './transport/shell';

const paths = findPaths();
const built = join(paths.ui, '..');

// Everything that is known of Electron goes through here. Not awaited: Electron is ready only after this file has run.
void runDesktop(
  {
    app,
    BrowserWindow,
    dialog,
    ipcMain,
    Menu,
    nativeImage,
    Notification,
    powerMonitor,
    protocol,
    safeStorage,
    session,
    shell,
    Tray,
    utilityProcess,
  },
  {
    ui: paths.ui,
    preload: join(built, 'preload', 'index.cjs'),
    resources: join(built, '..', 'resources'),
    userData: join(paths.data, 'window'),
    workers: workerPrograms(paths),
  },
  { openApp, restoreLatest: () => void restoreNow(paths, 'latest') },
);

/** The application with its HTTP server, which programs and browsers use beside the window. */
async function openApp(host: AppHost): Promise<RunningApp> {
  const application = await createApp(paths, host);
  const { routes, errorFamilies, auth, events, log, snapshot, settings } = application;
  let listener: HttpListener | undefined;
  return {
    routes,
    events,
    async start() {
      await application.start();
      application.watch();
      const { ui, instanceFile } = paths;
      const parts = { routes, errorFamilies, auth, events, log, snapshot, version: VERSION, ui, instanceFile };
      try {
        const reverseProxy = findReverseProxy({}, settings);
        listener = await openHttpListener({ ...parts, reverseProxy, port: findPort() });
      } catch (thrown) {
        // A taken port must not keep the window shut; programs that call say so soon enough.
        log.error({ err: thrown }, 'the HTTP server could not be started');
      }
    },
    async stop() {
      await listener?.close();
      await application.stop();
    },
  };
}
