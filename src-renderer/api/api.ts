import '../../src-preload/no-eval';
import type { z } from 'zod';
import { contract } from '../../src-main/app/contract';
import type { Contract, Procedure } from '../../src-main/rpc/procedure';
import { shellContract } from '../../src-main/transport/shell/contract';
import { createBrowserTransport } from './browser-transport';
import { withConfirmation } from './confirmation';
import { createWindowTransport } from './window-transport';

/** A procedure as a function: `api.tracks.list({ query: 'bach' })`. Throws `CallError`. */
export interface Call<P extends Procedure = Procedure> {
  (input: z.input<P['input']>): Promise<z.output<P['output']>>;
  readonly procedureName: string;
}
type CallsOf<C extends Contract> = { readonly [N in keyof C]: Call<C[N]> };
type ApiOf<D extends Record<string, Contract>> = { readonly [N in keyof D]: CallsOf<D[N]> };

export const transport = window.tonearm ? createWindowTransport(window.tonearm) : createBrowserTransport();

/** Whether this page is the desktop window, which can pick folders and knows the paths of what is dropped. */
export const isWindow = transport.kind === 'window';

/** Everything the application can be asked. */
export const api = apiOf({ ...contract, shell: shellContract });

function apiOf<D extends Record<string, Contract>>(domains: D): ApiOf<D> {
  return Object.fromEntries(
    Object.entries(domains).map(([domain, procedures]) => [
      domain,
      Object.fromEntries(
        Object.entries(procedures).map(([name, procedure]) => [name, callOf(`${domain}.${name}`, procedure)]),
      ),
    ]),
  ) as ApiOf<D>;
}

function callOf(procedureName: string, procedure: Procedure) {
  const call = (input: unknown) => withConfirmation(() => transport.call(procedureName, procedure, input));
  return Object.assign(call, { procedureName });
}
