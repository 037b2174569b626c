/** A gate that scans pass before each folder and file; while it is shut they wait where they are. */
export function createGate() {
  let isShut = false;
  const waiting: (() => void)[] = [];
  const letThrough = () => {
    for (const go of waiting.splice(0)) go();
  };
  return {
    get isShut(): boolean {
      return isShut;
    },
    shut(): void {
      isShut = true;
    },
    open(): void {
      isShut = false;
      letThrough();
    },
    /** Those who wait now go on, so that a cancelled one can find that out. */
    letThrough,
    async pass(): Promise<void> {
      if (isShut) await new Promise<void>((go) => waiting.push(go));
    },
  };
}
