import { AppError } from '../../rpc';

/** How the machine writes paths that a server runs on, whichever machine we run on. */
export type RemoteStyle = 'posix' | 'windows';

/** A drive letter or a share makes it Windows. */
export function styleOf(path: string): RemoteStyle {
  return /^[a-z]:([\\/]|$)/i.test(path) || path.startsWith('\\\\') ? 'windows' : 'posix';
}

/** A path of another machine in pieces; `head` is what cannot be cut: `/`, `C:`, `\\server\share`. */
export interface RemotePath {
  readonly style: RemoteStyle;
  readonly head: string;
  readonly segments: readonly string[];
}

/**
 * Takes a path of another machine apart: repeated and trailing separators and `.` are dropped, nothing is decoded.
 * Throws `invalid_input` for what no server says in good faith: relative paths, `..`, NUL.
 */
export function parseRemote(path: string, style: RemoteStyle = styleOf(path)): RemotePath {
  if (path.includes('\0')) throw refused('A path holds no NUL.');
  const { head, rest } = style === 'windows' ? splitWindows(path) : splitPosix(path);
  const segments = rest.split(style === 'windows' ? /[\\/]+/ : /\/+/).filter((part) => part !== '' && part !== '.');
  if (segments.includes('..')) throw refused(`"${path}" leads upwards with "..".`);
  return { style, head, segments };
}

/** Back to text, without a separator at its end. */
export function formatRemote({ style, head, segments }: RemotePath): string {
  if (style === 'posix') return `/${segments.join('/')}`;
  return [head, ...segments].join('\\');
}

/**
 * What lies below a prefix, at the boundary of a segment; empty for the prefix itself, null for anything else. Windows
 * does not distinguish upper and lower case.
 */
export function below(prefix: RemotePath, path: RemotePath): readonly string[] | null {
  if (prefix.style !== path.style || prefix.segments.length > path.segments.length) return null;
  const same = (a: string, b: string) => (path.style === 'windows' ? a.toLowerCase() === b.toLowerCase() : a === b);
  if (!same(prefix.head, path.head)) return null;
  if (!prefix.segments.every((segment, index) => same(segment, path.segments[index]))) return null;
  return path.segments.slice(prefix.segments.length);
}

function splitPosix(path: string): { head: string; rest: string } {
  if (!path.startsWith('/')) throw refused(`"${path}" is not an absolute path.`);
  return { head: '/', rest: path };
}

function splitWindows(path: string): { head: string; rest: string } {
  const plain = path.replace(/^\\\\\?\\(UNC\\)?/i, (_, unc) => (unc ? '\\\\' : ''));
  const drive = /^([a-z]:)(?:[\\/]|$)/i.exec(plain);
  if (drive) return { head: drive[1].toUpperCase(), rest: plain.slice(2) };
  const share = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/.exec(plain);
  if (!share) throw refused(`"${path}" is not an absolute path.`);
  return { head: `\\\\${share[1]}\\${share[2]}`, rest: plain.slice(share[0].length) };
}

function refused(message: string): AppError {
  return new AppError('invalid_input', message);
}
