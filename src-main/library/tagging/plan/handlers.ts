import { CALLER_SOURCE } from '../../../jobs/queue';
import type { HandlersOf } from '../../../rpc';
import type { writePlansContract } from './contract';
import type { WritePlans } from './write-plans';

/** Answers what windows, scripts and the command line ask of plans. */
export function writePlansHandlers(plans: WritePlans): HandlersOf<typeof writePlansContract> {
  return {
    create: ({ selection }) => plans.create(selection),
    get: ({ id }) => plans.get(id),
    files: async ({ id, verdict = null, after, limit }) => ({
      items: await plans.files({ id, verdict, after, limit }),
    }),
    cancel: ({ id }) => plans.cancel(id),
    write: ({ id }, { transport }) => plans.write(id, CALLER_SOURCE[transport]),
  };
}
