import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type Electron from 'electron';
import type { Page, Route } from 'playwright-core';
import { app, CancelableEvent, closers } from './app';
import { context } from './chromium';
import { handlers } from './ipc-main';
import { serve, toApp, toWeb } from './pages';
import { PRELOAD_WORLD } from './preload-world';
import { note } from './record';

/** The address that calls seem to come from, when a test pretends. */
export const pretended: { url: string | undefined } = { url: undefined };
export const windows: BrowserWindow[] = [];

let nextId = 1;

class WebContents extends EventEmitter {
  readonly id = nextId++;
  url = '';
  page: Page | undefined;
  openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] = () => ({ action: 'deny' });

  getURL() {
    return this.url;
  }
  isDestroyed() {
    return this.page?.isClosed() ?? false;
  }
  setWindowOpenHandler(handler: typeof this.openHandler) {
    this.openHandler = handler;
  }
  send(channel: string, ...args: unknown[]) {
    const receive = `globalThis.__standIn?.receive(${JSON.stringify(channel)}, ${JSON.stringify(args)})`;
    void this.page?.evaluate(receive).catch(() => {});
  }
}

type UsedOfContents = 'id' | 'getURL' | 'isDestroyed' | 'setWindowOpenHandler' | 'send';
type UsedOfWindow =
  | 'show'
  | 'hide'
  | 'focus'
  | 'restore'
  | 'isMinimized'
  | 'isVisible'
  | 'isDestroyed'
  | 'loadURL'
  | 'setProgressBar';

export class BrowserWindow extends EventEmitter implements Pick<Electron.BrowserWindow, UsedOfWindow> {
  readonly webContents = new WebContents() satisfies Pick<Electron.WebContents, UsedOfContents>;
  readonly options: Electron.BrowserWindowConstructorOptions;
  isShown = false;
  isClosed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    note('new BrowserWindow', options);
    windows.push(this);
    closers.add(() => this.tryToClose());
    app.emit('web-contents-created', new CancelableEvent(), this.webContents);
  }

  async loadURL(url: string) {
    const { webContents } = this;
    const page = await context.newPage();
    webContents.page = page;
    await page.exposeBinding('__standInInvoke', ({ frame }, channel: string, args: unknown[]) => {
      const senderFrame = { url: pretended.url ?? toApp(frame.url()), parent: frame.parentFrame() };
      const handler = handlers.get(channel);
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      const event = { sender: webContents, senderFrame } as unknown as Electron.IpcMainInvokeEvent;
      return Promise.resolve(handler(event, ...structuredClone(args))).then((answer) => structuredClone(answer));
    });
    await page.exposeBinding('__standInPathsOf', (_source, files: number) => pathsOf(page, files));
    await page.addInitScript({ content: preloadScript(this.options.webPreferences?.preload) });
    await page.route('**/*', (route) => this.answer(route));
    page.on('popup', (popup) => {
      note('window.open', popup.url(), webContents.openHandler({ url: popup.url() } as Electron.HandlerDetails).action);
      void popup.close();
    });
    webContents.url = url;
    await page.goto(toWeb(url), { waitUntil: 'load' });
    this.emit('ready-to-show');
    webContents.emit('did-finish-load');
  }

  /** Serves pages of ours by the real protocol handler, asks the real navigation handlers, and lets nothing else out. */
  async answer(route: Route) {
    const request = route.request();
    const url = toApp(request.url());
    if (request.isNavigationRequest() && url !== this.webContents.url) {
      const event = Object.assign(new CancelableEvent(), { url });
      this.webContents.emit('will-navigate', event);
      note('will-navigate', url, event.defaultPrevented ? 'prevented' : 'allowed');
      // An empty answer leaves the page where it is, as a prevented navigation does.
      if (event.defaultPrevented) return route.fulfill({ status: 204 });
    }
    const response = url.startsWith('app:') ? await serve(url, request.method()) : undefined;
    if (!response) return route.abort();
    const body = Buffer.from(await response.arrayBuffer());
    return route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  }

  tryToClose(): boolean {
    if (this.isClosed) return true;
    const event = new CancelableEvent();
    this.emit('close', event);
    this.isClosed = !event.defaultPrevented;
    return this.isClosed;
  }

  show() {
    this.isShown = true;
  }
  hide() {
    this.isShown = false;
  }
  focus() {}
  restore() {}
  isVisible() {
    return this.isShown;
  }
  isMinimized() {
    return false;
  }
  isDestroyed() {
    return this.isClosed;
  }
  setProgressBar(share: number) {
    note('setProgressBar', share);
  }
}

function preloadScript(path: string | undefined): string {
  const source = path === undefined ? '' : readFileSync(path, 'utf8');
  return `if (window === window.top) { ${PRELOAD_WORLD}\n((require, module, exports) => {${source}\n})(__standIn.require, { exports: {} }, {}); }`;
}

/** The true paths of files that were dropped, which Chromium tells only to its debugger. */
async function pathsOf(page: Page, files: number): Promise<string[]> {
  const cdp = await context.newCDPSession(page);
  const paths: string[] = [];
  for (let index = 0; index < files; index++) {
    const { result } = await cdp.send('Runtime.evaluate', { expression: `__standIn.dropped[${index}]` });
    const { path } = await cdp.send('DOM.getFileInfo', { objectId: result.objectId! });
    paths.push(path);
  }
  await cdp.detach();
  return paths;
}
