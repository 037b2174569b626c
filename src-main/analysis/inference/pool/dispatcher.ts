/** Hands what waits to whoever is free: first come first served, and to those who are warm before the others. */
export function createDispatcher<Request, Taker extends { readonly isWarm: boolean }>() {
  let requests: Request[] = [];
  let takers: { taker: Taker; give: (request: Request | undefined) => void }[] = [];
  let isPaused = false;

  function pump(): void {
    while (!isPaused && requests.length > 0 && takers.length > 0) {
      const chosen = takers.find(({ taker }) => taker.isWarm) ?? takers[0];
      takers = takers.filter((each) => each !== chosen);
      chosen.give(requests.shift());
    }
  }

  return {
    add(request: Request): void {
      requests.push(request);
      pump();
    },
    /** First in line again: it was taken, and could not be served. */
    putBack(request: Request): void {
      requests.unshift(request);
      pump();
    },
    /** Takes a request out of the line; false when it was not there any more. */
    withdraw(request: Request): boolean {
      const before = requests.length;
      requests = requests.filter((each) => each !== request);
      return requests.length < before;
    },
    /** Resolves with the next request, or with undefined when `dismiss` was called first. */
    take: (taker: Taker): Promise<Request | undefined> =>
      new Promise((give) => {
        takers.push({ taker, give });
        pump();
      }),
    /** Lets a taker go without a request. */
    dismiss(taker: Taker): void {
      const waiting = takers.find((each) => each.taker === taker);
      takers = takers.filter((each) => each !== waiting);
      waiting?.give(undefined);
    },
    withdrawAll(): Request[] {
      const all = requests;
      requests = [];
      return all;
    },
    get waiting(): number {
      return requests.length;
    },
    get isPaused(): boolean {
      return isPaused;
    },
    set isPaused(value: boolean) {
      isPaused = value;
      pump();
    },
  };
}
