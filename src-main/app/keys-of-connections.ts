import { AppError, type Caller, type Route, toFailure } from '../rpc';

/**
 * A key that was made for the webhook of one connection may call that, and nothing else: it lies in the settings of
 * another server.
 *
 * @param connectionOfKey undefined for a key that a person made
 */
export function keepKeysToConnections(
  routes: readonly Route[],
  connectionOfKey: (apiKeyId: number) => number | undefined,
): Route[] {
  const ownerOf = ({ credential }: Caller) =>
    credential?.kind === 'key' ? connectionOfKey(Number(credential.id)) : undefined;
  return routes.map((route) => {
    const { access, delivery } = route.procedure;
    if (access !== 'webhook') return route;
    return {
      ...route,
      async call(input, caller) {
        const owner = ownerOf(caller);
        const { connectionId } = (input ?? {}) as { connectionId?: unknown };
        if (owner === undefined || (delivery === 'webhook' && Number(connectionId) === owner))
          return route.call(input, caller);
        const sentence = 'This key is for the webhook of one connection, and for nothing else.';
        return { ok: false, error: toFailure(new AppError('forbidden', sentence)) };
      },
    };
  });
}
