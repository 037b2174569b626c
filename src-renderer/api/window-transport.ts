import type { Outcome } from '../../src-main/rpc/errors';
import type { TonearmBridge } from '../../src-preload/contract';
import { CallError } from './call-error';
import type { Transport } from './transport';

/** Over IPC, through the preload's bridge. */
export function createWindowTransport(bridge: TonearmBridge): Transport {
  return {
    kind: 'window',
    async call(name, _procedure, input) {
      const outcome = (await bridge.call(name, input)) as Outcome<unknown>;
      if (!outcome.ok) throw new CallError(outcome.error);
      return outcome.value;
    },
    listen: (listener) => bridge.on(({ name, payload }) => listener(name, payload)),
  };
}
