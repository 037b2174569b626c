import { readdirSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, sep } from 'node:path';
import type { RequestHandler } from 'express';

/** What the build puts beside a text, the smaller first. */
const SUFFIXES = { br: '.br', gzip: '.gz' } as const;
type Encoding = keyof typeof SUFFIXES;

/** Of what the build compresses. */
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/**
 * Sends the compressed form of a file where the build made one and the client takes it. To whatever sends files after
 * it, that is a file like any other, so that its length, its tag and its ranges are its own.
 *
 * @param folder as it is now; what is compressed later is not noticed
 */
export function precompressed(folder: string) {
  const files = new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(asPath));
  const encodingsOf = (path: string) =>
    (Object.keys(SUFFIXES) as Encoding[]).filter((each) => files.has(path + SUFFIXES[each]));
  const choose: RequestHandler = (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const encodings = isRead ? encodingsOf(request.path) : [];
    if (encodings.length === 0) return next();
    response.vary('Accept-Encoding');
    const chosen = encodings.find((each) => request.acceptsEncodings(each) === each);
    if (chosen) request.url = request.path + SUFFIXES[chosen];
    next();
  };
  return { choose, setHeaders };
}

/** Says of a compressed file what it holds; to be called before it is sent. */
function setHeaders(response: ServerResponse, path: string): void {
  for (const [encoding, suffix] of Object.entries(SUFFIXES)) {
    const type = TYPES[extname(path.slice(0, -suffix.length))];
    if (!path.endsWith(suffix) || !type) continue;
    response.setHeader('Content-Encoding', encoding);
    response.setHeader('Content-Type', type);
  }
}

const asPath = (file: string) => `/${file.split(sep).join('/')}`;
