import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, Response } from 'express';

/**
 * In bytes. What is smaller travels in a few packets either way; and what carries a secret is smaller, so that no
 * length tells how much of a secret was guessed.
 */
const WORTH_IT = 16 * 1024;

const COMPRESS = {
  // The usual quality is for files that are sent a thousand times.
  br: (text: string) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (text: string) => promisify(gzip)(text),
} as const;

/** Sends JSON, compressed where it is large and the client takes that. */
export async function sendJson(request: Request, response: Response, value: unknown): Promise<void> {
  const text = JSON.stringify(value);
  response.type('json');
  if (Buffer.byteLength(text) < WORTH_IT) return void response.send(text);
  response.vary('Accept-Encoding');
  const encoding = (['br', 'gzip'] as const).find((each) => request.acceptsEncodings(each) === each);
  if (!encoding) return void response.send(text);
  const body = await COMPRESS[encoding](text);
  response.set('Content-Encoding', encoding).send(body);
}
