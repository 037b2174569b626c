import type { Procedure } from '../../src-main/rpc/procedure';
import type { TonearmBridge } from '../../src-preload/contract';

/** A way to the application: the bridge of the desktop window, or HTTP in a browser. */
export interface Transport {
  readonly kind: 'window' | 'browser';
  /** Resolves with the answer or throws a `CallError`. */
  call(name: string, procedure: Procedure, input: unknown): Promise<unknown>;
  /** Tells of every event, by our names; gives back the function that ends it. */
  listen(listener: EventListener): () => void;
}
export type EventListener = (name: string, payload: unknown) => void;

declare global {
  interface Window {
    /** There in the desktop window only. */
    readonly tonearm?: TonearmBridge;
  }
}
