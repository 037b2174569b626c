import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { Route } from '../../rpc';
import { AppError, type Outcome, toFailure } from '../../rpc';

export interface IpcListenerParts {
  ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>;
  channel: string;
  routes: readonly Route[];
  /** Whether a page was opened by us: the id of its contents. */
  isOurWindow(contentsId: number): boolean;
  /** Told of every call that was turned away. */
  onRefused(why: string): void;
}

/**
 * Takes the calls of the desktop window: finds a route by its name and hands the call on. Only the top frame of a window of
 * ours that shows our own page comes in.
 */
export function openIpcListener({ ipcMain, channel, routes, isOurWindow, onRefused }: IpcListenerParts) {
  const byName = new Map(routes.map((route) => [route.name, route]));

  async function answer(event: IpcMainInvokeEvent, name: unknown, input: unknown): Promise<Outcome<unknown>> {
    const why = whyRefused(event, isOurWindow);
    if (why !== undefined) {
      onRefused(why);
      return refused(new AppError('forbidden', 'Only the window of Tonearm may call.'));
    }
    const route = typeof name === 'string' ? byName.get(name) : undefined;
    if (!route) return refused(new AppError('not_found', `There is no procedure ${String(name).slice(0, 100)}.`));
    return route.call(input, { transport: 'window' });
  }

  ipcMain.handle(channel, answer);
  return { close: () => ipcMain.removeHandler(channel) };
}

const refused = (error: AppError): Outcome<never> => ({ ok: false, error: toFailure(error) });

function whyRefused(event: IpcMainInvokeEvent, isOurWindow: (contentsId: number) => boolean): string | undefined {
  const frame = event.senderFrame;
  if (!frame) return 'its frame is gone';
  if (frame.parent !== null) return 'it is not the top frame';
  if (!isOurPage(frame.url)) return `it shows ${frame.url.slice(0, 200)}`;
  return isOurWindow(event.sender.id) ? undefined : 'it is not a window of ours';
}

/** Whether an address is a page of ours. The origin of `app:` is opaque, so its parts are compared. */
export function isOurPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, port } = new URL(address);
  return protocol === 'app:' && host === 'ui' && username === '' && port === '';
}
