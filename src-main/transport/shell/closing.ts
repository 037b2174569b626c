import type { BrowserWindow } from 'electron';
import type { Toolkit } from './desktop-parts';

interface ClosingParts {
  toolkit: Pick<Toolkit, 'app' | 'dialog'>;
  window: BrowserWindow;
  isQuitting(): boolean;
  isBusy(): boolean;
}

/** Closing the window ends the application, unless work goes on: then the person is asked, once. */
export function askOnClose({ toolkit: { app, dialog }, window, isQuitting, isBusy }: ClosingParts): void {
  let staysInBackground: boolean | undefined;
  window.on('close', (event) => {
    if (isQuitting()) return;
    event.preventDefault();
    if (process.platform === 'darwin' || (isBusy() && staysInBackground === true)) window.hide();
    else if (!isBusy() || staysInBackground === false) app.quit();
    else void decide();
  });

  async function decide() {
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: 'Tonearm is still analyzing.',
      detail: 'It can go on in the background. Nothing is lost either way: it goes on where it was.',
      buttons: ['Keep analyzing', 'Quit', 'Cancel'],
      defaultId: 0,
      cancelId: 2,
    });
    if (response === 2) return;
    staysInBackground = response === 0;
    if (staysInBackground) window.hide();
    else app.quit();
  }
}
