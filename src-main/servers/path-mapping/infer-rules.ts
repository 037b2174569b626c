import { below, formatRemote, parseRemote, type RemotePath, styleOf } from './remote-path';

/** A file as a server lists it. */
export interface RemoteFile {
  readonly path: string;
  readonly sizeBytes: number;
}
/** A file of a library. */
export interface LocalFile {
  /** Absolute, with forward slashes. */
  readonly path: string;
  readonly sizeBytes: number;
}

/** A pair of folders that files point to. */
export interface Proposal {
  readonly remotePrefix: string;
  /** Absolute, with forward slashes. */
  readonly localPrefix: string;
  /** Files that are where the pair says, by name and size. */
  readonly samplesOk: number;
  /** Files of the remote folder that are somewhere else. */
  readonly samplesFailed: number;
  /** Enough agree and none contradicts. */
  readonly isSure: boolean;
}

/** Files are recognised by their size and by so many of the last segments of their path: artist, album, name. */
const SEGMENTS = 3;
const ENOUGH = 5;

/**
 * Which folders of a server are which of ours, by files that both know. A pair reaches up to the server's root folder
 * where all of the path below it is the same; the surest come first. Pairs of the same path are among them.
 */
export function inferRules(
  remoteFiles: readonly RemoteFile[],
  localFiles: readonly LocalFile[],
  rootFolders: readonly string[],
): Proposal[] {
  const bySize = Map.groupBy(localFiles, ({ sizeBytes }) => sizeBytes);
  const roots = rootFolders.map((root) => parseRemote(root, styleOf(root)));
  const claims = remoteFiles.map(({ path, sizeBytes }) => claimOf(path, bySize.get(sizeBytes) ?? [], roots));
  const pairs = new Map(claims.flat().map((pair) => [keyOf(pair), pair]));
  const proposals = [...pairs.values()].map(({ remotePrefix, localPrefix }) => {
    const claiming = claims.filter((pairsOfFile) => pairsOfFile.some((pair) => pair.remotePrefix === remotePrefix));
    const samplesOk = claiming.filter((pairsOfFile) =>
      pairsOfFile.some((pair) => pair.localPrefix === localPrefix),
    ).length;
    const samplesFailed = claiming.length - samplesOk;
    const isSure = samplesOk >= ENOUGH && samplesFailed === 0;
    return { remotePrefix, localPrefix, samplesOk, samplesFailed, isSure };
  });
  return proposals.sort((a, b) => Number(b.isSure) - Number(a.isSure) || b.samplesOk - a.samplesOk);
}

type Pair = Pick<Proposal, 'remotePrefix' | 'localPrefix'>;
const keyOf = ({ remotePrefix, localPrefix }: Pair) => `${remotePrefix}\0${localPrefix}`;

/** The pairs that one file would agree with: several when it is in the libraries more than once. */
function claimOf(path: string, alike: readonly LocalFile[], roots: readonly RemotePath[]): Pair[] {
  const remote = parseRemote(path);
  const root = roots
    .filter((candidate) => below(candidate, remote) !== null)
    .sort((a, b) => b.segments.length - a.segments.length)[0];
  const depth = root ? remote.segments.length - root.segments.length : SEGMENTS;
  const pairs = alike.flatMap((local) => {
    const segments = local.path.split('/');
    const same = sameAtEnd(remote.segments, segments);
    if (same < Math.min(SEGMENTS, depth)) return [];
    const cut = same >= depth ? depth : SEGMENTS;
    if (cut > remote.segments.length) return [];
    const remotePrefix = formatRemote({ ...remote, segments: remote.segments.slice(0, -cut) });
    return [{ remotePrefix, localPrefix: segments.slice(0, -cut).join('/') || '/' }];
  });
  return [...new Map(pairs.map((pair) => [keyOf(pair), pair])).values()];
}

function sameAtEnd(a: readonly string[], b: readonly string[]): number {
  let same = 0;
  const form = (text: string | undefined) => text?.normalize('NFC').toLowerCase();
  while (same < a.length && form(a.at(-1 - same)) === form(b.at(-1 - same))) same += 1;
  return same;
}
