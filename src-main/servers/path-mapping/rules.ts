import { posix, win32 } from 'node:path';
import { below, formatRemote, parseRemote, type RemoteStyle } from './remote-path';

/** Where a folder of another machine lies on this one. */
export interface PathRule {
  readonly remotePrefix: string;
  readonly remoteStyle: RemoteStyle;
  /** Absolute, as this machine writes paths. */
  readonly localPrefix: string;
  /** Among rules for the same folder the higher is tried first. */
  readonly priority: number;
}

/** How this machine differs from others. */
export type Platform = NodeJS.Platform;

/**
 * The places of this machine where a file of another one may be, the likeliest first: by the rule with the longest
 * prefix, each in the Unicode forms that file systems give names. Empty when no rule is about it. Nothing is opened.
 * Throws `invalid_input` as `parseRemote`.
 */
export function localCandidates<R extends PathRule>(
  rules: readonly R[],
  remote: string,
  platform: Platform = process.platform,
): { rule: R; path: string }[] {
  return longest(rules, remote).flatMap(({ rule, rest }) => {
    const local = joinLocal(rule.localPrefix, rest, platform);
    return local === null ? [] : unicodeForms(local, platform).map((path) => ({ rule, path }));
  });
}

/** The path under which another machine knows a file of this one; undefined when no rule is about it. */
export function remotePathOf(
  rules: readonly PathRule[],
  local: string,
  platform: Platform = process.platform,
): string | undefined {
  const style: RemoteStyle = platform === 'win32' ? 'windows' : 'posix';
  const path = parseRemote(local, style);
  const found = rules
    .map((rule) => ({ rule, prefix: parseRemote(rule.localPrefix, style) }))
    .map(({ rule, prefix }) => ({ rule, prefix, rest: below(prefix, path) }))
    .filter(({ rest }) => rest !== null)
    .sort((a, b) => b.prefix.segments.length - a.prefix.segments.length || b.rule.priority - a.rule.priority)[0];
  if (!found) return undefined;
  const prefix = parseRemote(found.rule.remotePrefix, found.rule.remoteStyle);
  return formatRemote({ ...prefix, segments: [...prefix.segments, ...found.rest!] });
}

/** A path as given and in both Unicode forms: macOS keeps names composed or not, servers send either. */
export function unicodeForms(path: string, platform: Platform = process.platform): string[] {
  const forms = platform === 'darwin' ? (['NFC', 'NFD'] as const) : (['NFD', 'NFC'] as const);
  return [...new Set([path, ...forms.map((form) => path.normalize(form))])];
}

function longest<R extends PathRule>(rules: readonly R[], remote: string) {
  const path = parseRemote(remote);
  const matching = rules.flatMap((rule) => {
    const prefix = parseRemote(rule.remotePrefix, rule.remoteStyle);
    const rest = below(prefix, path);
    return rest === null ? [] : [{ rule, rest, length: prefix.segments.length }];
  });
  const most = Math.max(...matching.map(({ length }) => length));
  return matching.filter(({ length }) => length === most).sort((a, b) => b.rule.priority - a.rule.priority);
}

/** Null where this machine has no such names. */
function joinLocal(prefix: string, rest: readonly string[], platform: Platform): string | null {
  if (platform !== 'win32') return posix.join(prefix, ...rest);
  if (rest.some((segment) => /[\\:*?"<>|]/.test(segment))) return null;
  return win32.join(prefix, ...rest);
}
