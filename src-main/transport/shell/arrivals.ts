import type { Toolkit } from './desktop-parts';
import { filesFrom } from './launch-files';

const GATHER_MS = 400;

/**
 * Files from the command line, from further starts and from the dock: gathered, since Windows starts once for each.
 * A further start that names none counts too: whoever made it wants to see the window.
 */
export function collectArrivals({ app }: Pick<Toolkit, 'app'>, initial: readonly string[]) {
  const waiting = [...initial];
  let hasArrived = initial.length > 0;
  let deliver: ((files: string[]) => void) | undefined;
  let isCollecting = false;

  function flush(): void {
    isCollecting = false;
    hasArrived = false;
    deliver?.(waiting.splice(0));
  }
  function arrive(files: readonly string[]): void {
    waiting.push(...files);
    hasArrived = true;
    if (!deliver || isCollecting) return;
    isCollecting = true;
    setTimeout(flush, GATHER_MS);
  }
  app.on('second-instance', (_event, _argv, _cwd, data) => arrive(filesFrom(data)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    arrive([path]);
  });
  return {
    /** What came before is delivered at once, what comes later as it comes. */
    deliverTo(listener: (files: string[]) => void): void {
      deliver = listener;
      if (hasArrived) flush();
    },
  };
}
export type Arrivals = ReturnType<typeof collectArrivals>;
