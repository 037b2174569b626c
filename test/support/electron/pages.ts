import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { note } from './record';

type Serve = (request: Request) => Response | Promise<Response>;
const served = new Map<string, Serve>();

/** Chromium knows no `app:`; pages are opened under a host of its own and told apart again here. */
export const toWeb = (url: string): string => url.replace(/^app:\/\/([^/]+)/, 'https://$1.app.test');
export const toApp = (url: string): string => url.replace(/^https:\/\/([^/]+)\.app\.test/, 'app://$1');
export const serve = (url: string, method: string) => served.get('app')?.(new Request(url, { method }));

export const protocol = {
  registerSchemesAsPrivileged: (schemes) => note('protocol.registerSchemesAsPrivileged', schemes),
  handle: (scheme, handler) => void served.set(scheme, handler as Serve),
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

const set = (name: string) => (handler: unknown) => note(`session.${name}`, typeof handler);

export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: set('setPermissionRequestHandler'),
    setPermissionCheckHandler: set('setPermissionCheckHandler'),
    setDevicePermissionHandler: set('setDevicePermissionHandler'),
    setDisplayMediaRequestHandler: set('setDisplayMediaRequestHandler'),
  } satisfies Pick<
    Electron.Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
  >),
};
