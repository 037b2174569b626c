import { join } from 'node:path';
import type { Tray } from 'electron';
import type { QueueStatus } from '../../jobs/queue/contract';
import type { ShellPaths, Toolkit } from './desktop-parts';
import { statusLine, type TrayActions, trayMenu } from './tray-menu';

const UPDATE_MS = 1000;

/** The icon in the tray. It is a shortcut: everything it offers is in the window too. */
export function createTray({ Tray, Menu, nativeImage }: Toolkit, paths: ShellPaths, actions: TrayActions) {
  const tray: Tray = new Tray(nativeImage.createFromPath(join(paths.resources, 'tray.png')));
  let shown = '';
  let latest: QueueStatus | undefined;
  let timer: NodeJS.Timeout | undefined;

  function draw() {
    timer = undefined;
    const text = `${statusLine(latest)} ${latest?.paused}`;
    if (text === shown) return;
    shown = text;
    tray.setToolTip(`Tonearm: ${statusLine(latest)}`);
    // Linux shows a changed menu only when it is set again.
    tray.setContextMenu(Menu.buildFromTemplate(trayMenu(latest, actions)));
  }

  draw();
  tray.on('click', actions.open);
  return {
    /** At most once a second, and only when the words change. */
    update(status: QueueStatus) {
      latest = status;
      if (shown === '') draw();
      timer ??= setTimeout(draw, UPDATE_MS);
    },
    destroy() {
      clearTimeout(timer);
      tray.destroy();
    },
  };
}
