/** Something to be read, for which somebody waits. */
export interface ReadRequest {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  /** The file that is opened for it. */
  readonly path: string | undefined;
  readonly timeoutMs: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** Enough to keep a slow disk busy. */
const MAX_IN_FLIGHT = 32;

/**
 * Who waits, and who is being read. When a worker dies over several nobody knows which of them killed it: each of these
 * suspects is then read alone, so that a second death tells.
 */
export function createRequestLines() {
  const pending: ReadRequest[] = [];
  const suspects: ReadRequest[] = [];
  const inFlight = new Map<number, ReadRequest>();
  let single: ReadRequest | undefined;

  return {
    add: (request: ReadRequest): void => void pending.push(request),
    /** Takes a request that still waits out of its line. */
    withdraw(request: ReadRequest): void {
      for (const line of [pending, suspects]) if (line.includes(request)) line.splice(line.indexOf(request), 1);
    },
    get isEmpty(): boolean {
      return pending.length + suspects.length === 0;
    },
    get isReading(): boolean {
      return inFlight.size > 0;
    },
    /** The files of those that come next. */
    nextPaths(): string[] {
      const next = suspects.length > 0 ? suspects.slice(0, 1) : pending.slice(0, MAX_IN_FLIGHT);
      return next.flatMap(({ path }) => path ?? []);
    },
    /** Those to be read now, in flight from here on. */
    next(): ReadRequest[] {
      if (single) return [];
      if (suspects.length > 0 && inFlight.size > 0) return [];
      single = suspects.shift();
      const requests = single ? [single] : pending.splice(0, MAX_IN_FLIGHT - inFlight.size);
      for (const request of requests) inFlight.set(request.id, request);
      return requests;
    },
    /** It was read; undefined when nobody knows it any more. */
    take(id: number): ReadRequest | undefined {
      const request = inFlight.get(id);
      inFlight.delete(id);
      if (request === single) single = undefined;
      return request;
    },
    /** The worker died: gives the one that killed it, where that is certain; the others become suspects. */
    blame(): ReadRequest | undefined {
      const culprit = single;
      if (!culprit) suspects.push(...inFlight.values());
      inFlight.clear();
      single = undefined;
      return culprit;
    },
    takeAll(): ReadRequest[] {
      const all = [...inFlight.values(), ...suspects.splice(0), ...pending.splice(0)];
      inFlight.clear();
      single = undefined;
      return all;
    },
  };
}
