import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve } from 'node:path';

/** What the page may load and do: itself, and nothing else. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' app: data: blob:",
  "media-src 'self' app: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Answers `app://ui/…` with files beneath one folder and never with one outside of it. */
export function serveUi(root: string) {
  return async (request: Pick<Request, 'url' | 'method'>): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
    const { host, pathname } = new URL(request.url);
    const file = host === 'ui' ? fileOf(root, pathname) : undefined;
    if (file === undefined) return refusal(404);
    const type = CONTENT_TYPES[extname(file).toLowerCase()];
    const body = type === undefined ? undefined : await readFile(file).catch(() => undefined);
    if (type === undefined || body === undefined) return refusal(404);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers: headersOf(type) });
  };
}

/** The file that a path of the page names; the page itself where it names none; undefined outside of the folder. */
function fileOf(root: string, pathname: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const file = resolve(root, `.${path}`);
  const inside = relative(root, file);
  if (inside.startsWith('..') || isAbsolute(inside)) return undefined;
  return extname(file) === '' ? join(root, 'index.html') : file;
}

const headersOf = (type: string) => ({
  'Content-Type': type,
  'Content-Security-Policy': CONTENT_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
});

const refusal = (status: number) =>
  new Response(null, { status, headers: { 'Content-Security-Policy': CONTENT_POLICY } });
