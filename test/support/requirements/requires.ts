import { describe, it, type TaskMeta } from 'vitest';
import { lackingFor, type Requirement, reasonFor } from './requirements';

declare module 'vitest' {
  interface TaskMeta {
    /** What the test or suite is skipped for. */
    lacking?: readonly Requirement[];
  }
}

/**
 * `it` and `describe` for tests that need programs or circumstances: vitest's own where this machine has all of them;
 * else such that skip, say in the name of what they skip why and which command would bring it, and tell the reporter.
 */
export function requires(...names: readonly Requirement[]): { it: typeof it; describe: typeof describe } {
  const lacking = [...new Set(names.flatMap(lackingFor))];
  if (lacking.length === 0) return { it, describe };
  return { it: skipping(it, lacking), describe: skipping(describe, lacking) };
}

type Register = (name: string, ...rest: unknown[]) => unknown;

function skipping<Api extends typeof it | typeof describe>(api: Api, lacking: readonly Requirement[]): Api {
  const options: { skip: true; meta: Partial<TaskMeta> } = { skip: true, meta: { lacking } };
  const skipped =
    (register: Register): Register =>
    (name, ...rest) =>
      register(
        `${name} [${lacking.map(reasonFor).join('; ')}]`,
        options,
        rest.find((each) => typeof each === 'function'),
      );
  const skipper: Api = new Proxy(api, {
    apply: (target, _, args: [string, ...unknown[]]) => skipped(target as Register)(...args),
    get(target, key, receiver) {
      if (key === 'each' || key === 'for')
        return (...cases: unknown[]) => skipped(Reflect.apply(target[key], target, cases) as Register);
      // Whatever else is said of the test, it stays skipped.
      if (key === 'skipIf' || key === 'runIf') return () => skipper;
      if (key === 'only' || key === 'skip' || key === 'concurrent') return skipper;
      return Reflect.get(target, key, receiver);
    },
  });
  return skipper;
}
