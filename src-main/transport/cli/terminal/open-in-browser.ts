import { spawn } from 'node:child_process';

/** Opens an address with the system's browser. Where there is none, nothing happens: the address was printed too. */
export function openInBrowser(address: string): void {
  const [command, args] = openerFor(address);
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

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
