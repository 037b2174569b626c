import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { closeChromium, openChromium } from './chromium';
import { note } from './record';

type Used =
  | 'enableSandbox'
  | 'setName'
  | 'setAppUserModelId'
  | 'setPath'
  | 'requestSingleInstanceLock'
  | 'whenReady'
  | 'quit'
  | 'relaunch'
  | 'exit'
  | 'isPackaged';

const emitter = new EventEmitter();
let isQuitting = false;

/** Windows ask to be closed before the application ends. */
export const closers = new Set<() => boolean>();

const methods = {
  isPackaged: false,
  enableSandbox: () => note('app.enableSandbox'),
  setName: (name) => note('app.setName', name),
  setAppUserModelId: (id) => note('app.setAppUserModelId', id),
  setPath: (name, path) => note('app.setPath', name, path),
  requestSingleInstanceLock(data) {
    note('app.requestSingleInstanceLock', data);
    return process.env.STAND_IN_SECOND_INSTANCE === undefined;
  },
  whenReady: openChromium,
  relaunch: () => note('app.relaunch'),
  quit() {
    if (isQuitting) return;
    isQuitting = true;
    const event = new CancelableEvent();
    emitter.emit('before-quit', event);
    if (!event.defaultPrevented && [...closers].every((close) => close())) methods.exit(0);
    isQuitting = false;
  },
  exit(code = 0) {
    note('app.exit', code);
    void closeChromium().finally(() => process.exit(code));
  },
} satisfies Pick<Electron.App, Used>;

/** An event as Electron gives it, whose default may be prevented. */
export class CancelableEvent {
  defaultPrevented = false;
  preventDefault = () => {
    this.defaultPrevented = true;
  };
}

export const app = Object.assign(emitter, methods);
