import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Opens a login link with the system's browser. Everyone on a machine may read the arguments of its processes, so that
 * the browser is handed a page in a folder of ours, which its owner alone can read and which leads on to the link. Where
 * there is no browser, nothing happens: the link was printed too.
 */
export function openInBrowser(link: string, folder: string): void {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const page = join(folder, 'open.html');
  rmSync(page, { force: true });
  writeFileSync(page, pageTo(link), { flag: 'wx', mode: 0o600 });
  const [command, args] = openerFor(pathToFileURL(page).href);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

/** @param link of our own making: an address of this machine and a ticket, which need no escaping */
const pageTo = (link: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${link}">
<title>Tonearm</title>
<p><a href="${link}">Open Tonearm</a>: this link is valid once, for five minutes.</p>
</html>
`;

function openerFor(address: string): [string, string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open', [address]];
    case 'win32':
      return ['rundll32', ['url.dll,FileProtocolHandler', address]];
    default:
      return ['xdg-open', [address]];
  }
}
