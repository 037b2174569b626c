/** What the preload gives to the page, and nothing more. */
export interface TonearmBridge {
  /** Calls a procedure of the contract by its name, `queue.list`; the answer is an `Outcome`. */
  call(name: string, input: unknown): Promise<unknown>;
  /** Tells of every event, `{ name, payload }`; gives back the function that ends it. */
  on(listener: (event: { name: string; payload: unknown }) => void): () => void;
  /** The real paths of files that a person dropped or chose; made-up files have none and are left out. */
  pathsOf(files: File[]): string[];
}

export const CALL_CHANNEL = 'tonearm:call';
export const EVENT_CHANNEL = 'tonearm:event';
