import { stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { Library } from '../../library/libraries/contract';
import { type Clock, systemClock } from '../../platform/clock';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import type { HandlersOf } from '../../rpc';
import { AppError, fieldFailure } from '../../rpc';
import type { PathMapping, PathMappingsEvents, pathMappingsContract } from './contract';
import { createPathMappingRepository } from './path-mapping-repository';
import { below, formatRemote, parseRemote, styleOf } from './remote-path';
import { localCandidates, remotePathOf, unicodeForms } from './rules';

export interface PathMappingsDeps {
  readonly db: Database;
  readonly events: Pick<EventBus<PathMappingsEvents>, 'emit'>;
  /** The library that holds a path, by real path. */
  readonly libraryOf: (path: string) => Promise<{ library: Library; path: string } | undefined>;
  /** Whether a track is known at a place: a file that is gone may still be one of ours. */
  readonly isKnown: (libraryId: number, path: string) => boolean;
  readonly clock?: Clock;
}

/** What a path of a server is on this machine. */
export type MappedPath =
  | {
      readonly kind: 'mapped';
      /** Absolute and real, inside a library that is in use. */
      readonly path: string;
      readonly libraryId: number;
      /** Relative to the library's root. */
      readonly inside: string;
      readonly exists: boolean;
    }
  | {
      readonly kind: 'unmapped';
      /** The folder of the server that a rule is missing for. */
      readonly prefix: string;
      /** For people: no rule, or where the rule leads. */
      readonly message: string;
    };

type Mapped = Extract<MappedPath, { kind: 'mapped' }>;
type Candidate = { readonly path: string; readonly rule?: PathMapping };

/** Where the folders of connected servers lie on this machine. */
export function createPathMappings(deps: PathMappingsDeps) {
  const { db, events, clock = systemClock } = deps;
  const repository = createPathMappingRepository(db);

  function get(id: number): PathMapping {
    const found = repository.find(id);
    if (!found) throw new AppError('not_found', `There is no path mapping ${id}.`);
    return found;
  }

  function changed(connectionId: number): void {
    events.emit('mappings.changed', { connectionId });
  }

  async function place(path: string): Promise<Mapped | undefined> {
    const found = await deps.libraryOf(path).catch(() => undefined);
    if (!found?.library.is_enabled) return undefined;
    const real = join(found.library.root_path, found.path);
    const libraryId = found.library.id;
    return { kind: 'mapped', path: real, libraryId, inside: found.path, exists: await isThere(real) };
  }

  /** The first that exists; else the first where a track is known, else the first inside a library. */
  async function best(candidates: readonly Candidate[]): Promise<Mapped | undefined> {
    const places: Mapped[] = [];
    for (const { path, rule } of candidates) {
      const at = await place(path);
      if (at?.exists && rule) verified(rule);
      if (at?.exists) return at;
      if (at) places.push(at);
    }
    return places.find(({ libraryId, inside }) => deps.isKnown(libraryId, inside)) ?? places[0];
  }

  /** A server on this machine, or with the same mounts, says paths as we do. */
  async function identity(remote: string): Promise<Mapped | undefined> {
    if (!isAbsolute(remote) || (process.platform !== 'win32' && styleOf(remote) === 'windows')) return undefined;
    const same = await best(unicodeForms(remote).map((path) => ({ path })));
    return same && (same.exists || deps.isKnown(same.libraryId, same.inside)) ? same : undefined;
  }

  function verified(mapping: PathMapping): void {
    if (mapping.verifiedAt !== null) return;
    const samplesOk = Math.max(1, mapping.samplesOk);
    repository.update({ ...mapping, samplesOk, verifiedAt: clock().toISOString() });
  }

  return {
    list: (connectionId: number): PathMapping[] => repository.listOf(connectionId),

    /** Throws `invalid_input` for prefixes that cannot be, `conflict` for a pair that is there already. */
    add(
      wanted: Pick<PathMapping, 'connectionId' | 'remotePrefix' | 'localPrefix' | 'priority' | 'source' | 'samplesOk'>,
    ) {
      const verifiedAt = wanted.samplesOk > 0 ? clock().toISOString() : null;
      const mapping = { ...wanted, ...checkedPrefixes(wanted), samplesFailed: 0, verifiedAt };
      refuseDuplicate(mapping, repository.listOf(wanted.connectionId));
      const id = repository.add(mapping);
      changed(wanted.connectionId);
      return get(id);
    },

    /** Throws as `add`, and `not_found`. */
    update(id: number, changes: Partial<Pick<PathMapping, 'remotePrefix' | 'localPrefix' | 'priority'>>): PathMapping {
      const known = get(id);
      const wanted = { ...known, ...withoutUndefined(changes) };
      const prefixes = checkedPrefixes(wanted);
      const isOther = prefixes.remotePrefix !== known.remotePrefix || prefixes.localPrefix !== known.localPrefix;
      const mapping = { ...wanted, ...prefixes, ...(isOther && UNVERIFIED) };
      refuseDuplicate(mapping, repository.listOf(known.connectionId));
      repository.update(mapping);
      changed(known.connectionId);
      return get(id);
    },

    remove(id: number): void {
      const { connectionId } = get(id);
      repository.remove(id);
      changed(connectionId);
    },

    /**
     * Where a path of a server is on this machine. Rules come first, and the same path where none is about it.
     * Throws `invalid_input` for a path that cannot be.
     *
     * @param rootHint a folder of the server above the path, which a missing rule would be for
     */
    async find(connectionId: number, remote: string, rootHint?: string): Promise<MappedPath> {
      const candidates = localCandidates(repository.listOf(connectionId), remote);
      const mapped = candidates.length > 0 ? await best(candidates) : await identity(remote);
      if (mapped) return mapped;
      const prefix = prefixFor(remote, rootHint);
      const [first] = candidates;
      const message = first
        ? `${first.rule.remotePrefix} is mapped to ${first.rule.localPrefix}, but ${first.path} is in no library that is in use.`
        : `Nothing says where ${prefix} lies on this machine.`;
      return { kind: 'unmapped', prefix, message };
    },

    /** The path under which a server knows a file of ours; ours, when no rule is about it. */
    toRemote: (connectionId: number, local: string): string => {
      const rules = repository.listOf(connectionId);
      return remotePathOf(rules, local) ?? local;
    },
  };
}
export type PathMappings = ReturnType<typeof createPathMappings>;

export function pathMappingsHandlers(mappings: PathMappings): HandlersOf<typeof pathMappingsContract> {
  return {
    list: ({ connectionId }) => mappings.list(connectionId),
    add: (wanted) => mappings.add(wanted),
    update: ({ id, ...changes }) => mappings.update(id, changes),
    remove({ id }) {
      mappings.remove(id);
      return { removed: true };
    },
    async try({ connectionId, path }) {
      const found = await mappings.find(connectionId, path);
      if (found.kind === 'unmapped') return { path: null, exists: false, message: found.message };
      const message = found.exists ? `It is ${found.path}.` : `It would be ${found.path}, but nothing is there.`;
      return { path: found.path, exists: found.exists, message };
    },
  };
}

const UNVERIFIED = { source: 'manual', samplesOk: 0, samplesFailed: 0, verifiedAt: null } as const;

function checkedPrefixes({ remotePrefix, localPrefix }: Pick<PathMapping, 'remotePrefix' | 'localPrefix'>) {
  const remoteStyle = styleOf(remotePrefix);
  if (!isAbsolute(localPrefix)) {
    throw fieldFailure('localPrefix', `"${localPrefix}" is not an absolute path of this machine.`);
  }
  parseRemote(localPrefix, styleOf(localPrefix));
  return {
    remotePrefix: formatRemote(parseRemote(remotePrefix, remoteStyle)),
    localPrefix: resolve(localPrefix),
    remoteStyle,
  };
}

function refuseDuplicate(mapping: Omit<PathMapping, 'id'> & { id?: number }, others: readonly PathMapping[]): void {
  const isDuplicate = (other: PathMapping) =>
    other.id !== mapping.id && other.remotePrefix === mapping.remotePrefix && other.localPrefix === mapping.localPrefix;
  if (others.some(isDuplicate)) {
    throw fieldFailure('localPrefix', `${mapping.remotePrefix} is mapped to ${mapping.localPrefix} already.`, {
      code: 'conflict',
    });
  }
}

/** The folder above artist, album and file, unless somebody knows better. */
function prefixFor(remote: string, hint: string | undefined): string {
  const path = parseRemote(remote);
  const hinted = hint === undefined ? undefined : parsedOrNone(hint);
  if (hinted && below(hinted, path) !== null) return formatRemote(hinted);
  return formatRemote({ ...path, segments: path.segments.slice(0, -3) });
}

function parsedOrNone(path: string) {
  try {
    return parseRemote(path);
  } catch {
    return undefined;
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
