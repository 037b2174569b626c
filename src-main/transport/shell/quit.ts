import type { Toolkit } from './desktop-parts';

const BUDGET_MS = 8_000;
const SHUTDOWN_BUDGET_MS = 3_000;

/**
 * Ends the application once, in order and within a limit: every write is atomic, so that killing is safe. Windows may
 * close without asking as soon as `isQuitting` says so.
 */
export function createQuit({ app, powerMonitor }: Pick<Toolkit, 'app' | 'powerMonitor'>, stop: () => Promise<unknown>) {
  const state = { isQuitting: false };
  let isStopped = false;
  let isStopping = false;

  async function stopWithin(budgetMs: number) {
    if (isStopping) return;
    isStopping = true;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, budgetMs);
    });
    await Promise.race([stop().catch(() => {}), limit]);
    clearTimeout(timer);
    isStopped = true;
    app.exit(0);
  }

  app.on('before-quit', (event) => {
    state.isQuitting = true;
    if (isStopped) return;
    event.preventDefault();
    void stopWithin(BUDGET_MS);
  });
  powerMonitor.on('shutdown', () => {
    state.isQuitting = true;
    void stopWithin(SHUTDOWN_BUDGET_MS);
  });
  return state;
}
