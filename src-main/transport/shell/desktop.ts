import type { BrowserWindow, Notification } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../../src-preload/contract';
import type { Settings } from '../../app/contract';
import { routesOf } from '../../rpc';
import { openIpcListener, relayEvents } from '../ipc';
import { type Arrivals, collectArrivals } from './arrivals';
import { askOnClose } from './closing';
import { confinePages, denyPermissions } from './confine-pages';
import { shellContract } from './contract';
import { ask, type RunningApp, type ShellPaths, type StartParts, type Toolkit } from './desktop-parts';
import { tellWhenDone } from './done-notice';
import { createElectronHost } from './electron-host';
import { shellHandlers } from './handlers';
import { openKeyring } from './keyring';
import { filesOf, type LaunchRequest } from './launch-files';
import { openMainWindow, showWindow } from './main-window';
import { createQueueControl } from './queue-control';
import { createQuit } from './quit';
import { createTray } from './tray';
import { progressOf } from './tray-menu';
import { serveUi } from './ui-protocol';
import { wantsRestore } from './wants-restore';

/** Told to the page like an event of the application: files that came by another way than a drop. */
const DROPPED = 'files.arrived';

/** Runs the desktop application from the lock to the last window. What it does before `ready` cannot wait. */
export async function runDesktop(toolkit: Toolkit, paths: ShellPaths, start: StartParts): Promise<void> {
  const { app, protocol } = toolkit;
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
  app.setName('Tonearm');
  app.setAppUserModelId('app.tonearm.Tonearm');
  app.setPath('userData', paths.userData);
  const files = filesOf(process.argv, app.isPackaged ? 1 : 2, process.cwd());
  const request: LaunchRequest = { v: 1, files };
  if (!app.requestSingleInstanceLock({ ...request })) {
    app.exit(0);
    return;
  }
  const arrivals = collectArrivals(toolkit, files);
  confinePages(toolkit);
  await app.whenReady();
  const running = await open(toolkit, paths, start);
  if (running) runWindow(toolkit, paths, running, arrivals);
}

/** Builds the application; when that fails there is no window to say so, hence a box. */
async function open(toolkit: Toolkit, paths: ShellPaths, start: StartParts): Promise<RunningApp | undefined> {
  try {
    const running = await start.openApp({
      workers: createElectronHost(toolkit, paths.workers),
      keyring: await openKeyring(toolkit),
      restart: restarter(toolkit),
    });
    await running.start();
    return running;
  } catch (thrown) {
    if (!start.isSecondTry && (await wantsRestore(toolkit, thrown))) return restoreAndOpen(toolkit, paths, start);
    return giveUp(toolkit, thrown);
  }
}

async function restoreAndOpen(toolkit: Toolkit, paths: ShellPaths, start: StartParts) {
  try {
    start.restoreLatest();
  } catch (thrown) {
    return giveUp(toolkit, thrown);
  }
  return open(toolkit, paths, { ...start, isSecondTry: true });
}

function giveUp({ dialog, app }: Toolkit, thrown: unknown): undefined {
  dialog.showErrorBox('Tonearm could not start', thrown instanceof Error ? thrown.message : String(thrown));
  app.exit(1);
}

/** Ends as always, and has Electron start the application again once it has ended. */
function restarter({ app }: Toolkit) {
  return () => {
    app.relaunch();
    app.quit();
  };
}

function runWindow(toolkit: Toolkit, paths: ShellPaths, running: RunningApp, arrivals: Arrivals): void {
  const { app, ipcMain, powerMonitor, protocol, session } = toolkit;
  protocol.handle('app', serveUi(paths.ui));
  denyPermissions(session.defaultSession);

  const control = createQueueControl(running);
  const quit = createQuit(toolkit, async () => {
    relay.end();
    control.end();
    endNotices();
    tray.destroy();
    await running.stop();
  });
  const window = openMainWindow(toolkit, paths, process.argv.includes('--hidden'));
  const shellRoutes = routesOf(
    'shell',
    shellContract,
    shellHandlers({ toolkit, app: running, window: () => window }),
    (name, thrown) => console.error(name, thrown),
  );
  openIpcListener({
    ipcMain,
    channel: CALL_CHANNEL,
    routes: [...running.routes, ...shellRoutes],
    isOurWindow: (id) => !window.isDestroyed() && window.webContents.id === id,
    onRefused: (why) => console.error(`A call was refused: ${why}.`),
  });
  const relay = relayEvents(running.events, (event) => send(window, EVENT_CHANNEL, event));
  const open = () => showWindow(window);
  const tray = createTray(toolkit, paths, {
    open,
    addFiles() {
      open();
      void pickAndPlan(toolkit, window);
    },
    pause: control.pause,
    resume: control.resume,
    pauseForAnHour: control.pauseForAnHour,
    quit: () => app.quit(),
  });
  running.events.on('queue.status', (status) => {
    tray.update(status);
    if (!window.isDestroyed()) window.setProgressBar(progressOf(status));
  });
  askOnClose({ toolkit, window, isQuitting: () => quit.isQuitting, isBusy: () => control.isBusy });
  const endNotices = tellWhenDone({
    events: running.events,
    now: () => performance.now(),
    isSeen: () => !window.isDestroyed() && window.isVisible() && !window.isMinimized(),
    tell: (text) => void notify(toolkit, running, { text, open }),
  });
  powerMonitor.on('suspend', control.sleep);
  powerMonitor.on('resume', () => {
    control.wake();
    running.events.emit('system.resumed', {});
  });
  app.on('activate', open);
  app.on('window-all-closed', () => app.quit());
  window.webContents.once('did-finish-load', () =>
    arrivals.deliverTo((files) => {
      open();
      if (files.length > 0) send(window, EVENT_CHANNEL, { name: DROPPED, payload: { paths: files } });
    }),
  );
}

/** Kept, since a notice that is collected gets no click. */
let lastNotice: Notification | undefined;

/** Where the person wants it and the system can show it. */
async function notify({ Notification }: Toolkit, running: RunningApp, { text, open }: { text: string; open(): void }) {
  const { notify_when_done } = await ask<Settings>(running, 'settings.get');
  if (!notify_when_done || !Notification.isSupported()) return;
  lastNotice = new Notification({ title: 'The queue has come to its end', body: text });
  lastNotice.on('click', open);
  lastNotice.show();
}

async function pickAndPlan({ dialog }: Toolkit, window: BrowserWindow): Promise<void> {
  const { filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile', 'multiSelections'] });
  if (filePaths.length > 0) send(window, EVENT_CHANNEL, { name: DROPPED, payload: { paths: filePaths } });
}

function send(window: BrowserWindow, channel: string, message: unknown): void {
  if (!window.isDestroyed() && !window.webContents.isDestroyed()) window.webContents.send(channel, message);
}
