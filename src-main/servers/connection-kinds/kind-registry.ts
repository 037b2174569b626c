import type { ScheduledTask } from '../../platform/scheduler';
import type { Capabilities } from './capabilities';
import type { ConnectionKindDefinition, KindPart, KindServices } from './kind-definition';

/** Kinds by their name. */
export type KindDefinitions = Readonly<Record<string, ConnectionKindDefinition>>;

/** The handlers of each kind that has procedures of its own. */
export type HandlersOfKinds<K extends KindDefinitions> = {
  readonly [N in keyof K]: K[N] extends ConnectionKindDefinition<infer P> ? NonNullable<P['handlers']> : never;
};

/**
 * Finds what kinds of connections can do. Services that use capabilities are made first, with `capability`; then `create`
 * makes the kinds from these services.
 */
export function createKindRegistry<K extends KindDefinitions>(kinds: K) {
  const parts = new Map<string, KindPart>();

  return {
    /** The lookup of a capability by the name of a kind; undefined where the kind does not have it. */
    capability:
      <C extends keyof Capabilities>(name: C) =>
      (kind: string): Capabilities[C] | undefined =>
        parts.get(kind)?.capabilities[name],
    /** Makes each kind, and returns their handlers. */
    create(services: KindServices): HandlersOfKinds<K> {
      for (const [name, kind] of Object.entries(kinds)) {
        const part = kind.create?.(services);
        if (part) parts.set(name, part);
      }
      return Object.fromEntries([...parts].map(([name, { handlers }]) => [name, handlers])) as HandlersOfKinds<K>;
    },
    /** Of the kinds that were made. */
    tasks: (): ScheduledTask[] => [...parts.values()].flatMap(({ tasks = [] }) => tasks),
    start(): void {
      for (const part of parts.values()) part.start?.();
    },
    async stop(): Promise<void> {
      await Promise.all([...parts.values()].map((part) => part.stop?.()));
    },
  };
}
