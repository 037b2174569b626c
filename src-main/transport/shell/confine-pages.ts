import type { Session, WebContents } from 'electron';
import { isOurPage } from '../ipc';
import type { Toolkit } from './desktop-parts';

/** Sites that a link may open in the person's own browser. */
const OPENABLE = new Set(['musicbrainz.org', 'www.discogs.com', 'essentia.upf.edu', 'creativecommons.org']);

const PERMITTED = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Keeps every page where it is: no other address, no other window, nothing embedded. */
export function confinePages({ app, shell }: Pick<Toolkit, 'app' | 'shell'>): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => stayHome(event));
    contents.on('will-frame-navigate', (event) => stayHome(event));
    contents.on('will-redirect', (event) => stayHome(event));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (isOpenable(url)) setImmediate(() => void shell.openExternal(url));
      return { action: 'deny' };
    });
  });
}

function stayHome(event: { url: string; preventDefault(): void }) {
  if (!isOurPage(event.url)) event.preventDefault();
}

const isOpenable = (address: string): boolean =>
  URL.canParse(address) && new URL(address).protocol === 'https:' && OPENABLE.has(new URL(address).host);

/** Without these handlers Electron grants every permission that a page asks for. */
export function denyPermissions(session: Session): void {
  const permits = (contents: WebContents | null, permission: string) =>
    PERMITTED.has(permission) && contents !== null && isOurPage(contents.getURL());
  session.setPermissionRequestHandler((contents, permission, answer) => answer(permits(contents, permission)));
  session.setPermissionCheckHandler((contents, permission) => permits(contents, permission));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on('will-download', (event) => event.preventDefault());
}
