import type { z } from 'zod';
import type { contract } from '../../../app/contract';
import type { Procedure } from '../../../rpc';

type Contracts = typeof contract;

/** Every procedure of the contract as a function. */
export type Api = {
  readonly [D in keyof Contracts]: {
    readonly [P in keyof Contracts[D]]: Contracts[D][P] extends Procedure<infer I, infer O>
      ? (input: z.input<I>) => Promise<z.output<O>>
      : never;
  };
};

/** Calls a procedure by its name (`queue.list`), and throws an `AppError` when it fails. */
export type Call = (name: string, procedure: Procedure, input: unknown) => Promise<unknown>;

export async function apiOf(call: Call): Promise<Api> {
  // All of it takes longer to make than most commands take.
  const { contract } = await import('../../../app/contract');
  const domains = Object.entries(contract).map(([domain, procedures]) => [
    domain,
    Object.fromEntries(
      Object.entries(procedures).map(([key, procedure]) => [
        key,
        (input: unknown) => call(`${domain}.${key}`, procedure as Procedure, input),
      ]),
    ),
  ]);
  return Object.fromEntries(domains) as Api;
}
