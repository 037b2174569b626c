import type { ErrorFamily, Route } from '../../rpc';
import { tonearmErrors } from '../../rpc';

export type FindFamily = (method: string, path: string) => ErrorFamily;

/** The families by name. Throws for a route that names another. */
export function familiesByName(
  routes: readonly Route[],
  families: readonly ErrorFamily[],
): ReadonlyMap<string, ErrorFamily> {
  const byName = new Map(families.map((family) => [family.name, family]));
  const stray = routes.find(({ procedure }) => !byName.has(procedure.errors));
  if (stray) throw new Error(`${stray.name} names the error family "${stray.procedure.errors}", which is not there.`);
  return byName;
}

/** One part of the documented paths, with the families of all that lies at it and below. */
interface PathNode {
  readonly below: Map<string, PathNode>;
  readonly families: Set<string>;
  /** By method, the family of the procedure at exactly this path. */
  readonly here: Map<string, string>;
}

const PARAMETER = ':';

/**
 * Finds the family that a request is answered in, also one that no procedure takes: that of the procedure at its path,
 * else the one that all procedures below the longest documented part of its path have in common, else our own.
 */
export function familyFinder(routes: readonly Route[], families: ReadonlyMap<string, ErrorFamily>): FindFamily {
  const root = treeOf(routes);
  return (method, path) => {
    const parts = partsOf(path);
    let reached = [root];
    let at = 0;
    for (; at < parts.length; at += 1) {
      const next = reached.flatMap(({ below }) => [below.get(parts[at]), below.get(PARAMETER)]);
      const known = next.filter((node) => node !== undefined);
      if (known.length === 0) break;
      reached = known;
    }
    const asked = method === 'HEAD' ? 'GET' : method;
    const exact = at === parts.length ? reached.find(({ here }) => here.has(asked))?.here.get(asked) : undefined;
    const shared = new Set(reached.flatMap((node) => [...node.families]));
    const name = exact ?? (shared.size === 1 ? [...shared][0] : undefined);
    return families.get(name ?? tonearmErrors.name) ?? tonearmErrors;
  };
}

function treeOf(routes: readonly Route[]): PathNode {
  const root = emptyNode();
  for (const { procedure } of routes) {
    for (const [method, path] of procedure.http.map((http) => http.split(' ', 2))) {
      let node = root;
      node.families.add(procedure.errors);
      for (const part of partsOf(path)) {
        const name = part.includes(PARAMETER) ? PARAMETER : part;
        const next = node.below.get(name) ?? emptyNode();
        node.below.set(name, next);
        next.families.add(procedure.errors);
        node = next;
      }
      node.here.set(method, procedure.errors);
    }
  }
  return root;
}

const emptyNode = (): PathNode => ({ below: new Map(), families: new Set(), here: new Map() });

const partsOf = (path: string): string[] => path.split('/').filter(Boolean);
