/** A gate that scans pass before each folder and file; while it is shut they wait where they are. */
export function createGate() {
  let isShut = false;
  const waiting = new Set<() => void>();

  return {
    get isShut(): boolean {
      return isShut;
    },
    shut(): void {
      isShut = true;
    },
    open(): void {
      isShut = false;
      for (const go of waiting) go();
      waiting.clear();
    },
    /** Who is cancelled need not wait: it goes on to find that out. */
    async pass(signal: AbortSignal): Promise<void> {
      if (!isShut || signal.aborted) return;
      await new Promise<void>((go) => {
        waiting.add(go);
        signal.addEventListener('abort', () => go(), { once: true });
      });
    },
  };
}
