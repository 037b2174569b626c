import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../test-server';

const SCRIPT = Buffer.from('export const words = "the same words again and again";\n'.repeat(100));
const folder = mkdtempSync(join(tmpdir(), 'tonearm-page-'));
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Tonearm</title>');
writeFileSync(join(folder, 'assets/index-a1b2.js'), SCRIPT);
writeFileSync(join(folder, 'assets/index-a1b2.js.br'), brotliCompressSync(SCRIPT));
writeFileSync(join(folder, 'assets/index-a1b2.js.gz'), gzipSync(SCRIPT));
writeFileSync(join(folder, 'assets/plain-c3d4.js'), SCRIPT);
afterAll(() => rmSync(folder, { recursive: true }));

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ ui: folder });
});
afterEach(() => server.server.close());

/** The answer as it came over the wire; fetch would hide how it was compressed. */
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const asked = get({ port: server.port, host: '127.0.0.1', path, headers, method }, (response) => {
      void buffer(response).then((body) =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.from(body) }),
      );
    });
    asked.on('error', reject);
  });
const SCRIPT_PATH = '/assets/index-a1b2.js';

it('sends the smallest form of a script that the client takes, and says which it is', async () => {
  const brotli = await ask(SCRIPT_PATH, { 'Accept-Encoding': 'gzip, deflate, br, zstd' });
  expect(brotli.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': String(brotli.body.length),
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  });
  expect(brotliDecompressSync(brotli.body)).toEqual(SCRIPT);
  const gzip = await ask(SCRIPT_PATH, { 'Accept-Encoding': 'gzip, br;q=0' });
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzip.body)).toEqual(SCRIPT);
});

it('sends a script as it is to a client that takes no compression, and still says that it depends', async () => {
  for (const headers of [{}, { 'Accept-Encoding': 'identity' }, { 'Accept-Encoding': 'br;q=0, gzip;q=0' }]) {
    const plain = await ask(SCRIPT_PATH, headers as Record<string, string>);
    expect(plain.headers).toMatchObject({ vary: 'Accept-Encoding', 'content-length': String(SCRIPT.length) });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toEqual(SCRIPT);
  }
});

it('gives each form a tag of its own, and knows it again', async () => {
  const plain = await ask(SCRIPT_PATH);
  const brotli = await ask(SCRIPT_PATH, { 'Accept-Encoding': 'br' });
  expect(brotli.headers.etag).not.toBe(plain.headers.etag);
  const again = await ask(SCRIPT_PATH, { 'Accept-Encoding': 'br', 'If-None-Match': brotli.headers.etag! });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  expect((await ask(SCRIPT_PATH, { 'If-None-Match': brotli.headers.etag! })).status).toBe(200);
});

it('cuts ranges from the form that it sends, and tells the length without the body', async () => {
  const { body } = await ask(SCRIPT_PATH, { 'Accept-Encoding': 'br' });
  const part = await ask(SCRIPT_PATH, { 'Accept-Encoding': 'br', Range: 'bytes=5-9' });
  expect(part.status).toBe(206);
  expect(part.headers['content-range']).toBe(`bytes 5-9/${body.length}`);
  expect(part.body).toEqual(body.subarray(5, 10));
  expect((await ask(SCRIPT_PATH, { Range: 'bytes=0-5' })).body.toString()).toBe('export');
  const head = await ask(SCRIPT_PATH, { 'Accept-Encoding': 'br' }, 'HEAD');
  expect(head.headers).toMatchObject({ 'content-encoding': 'br', 'content-length': String(body.length) });
});

it('sends what the build left as it is, and asks for the page each time', async () => {
  const plain = await ask('/assets/plain-c3d4.js', { 'Accept-Encoding': 'br' });
  expect([plain.headers['content-encoding'], plain.headers.vary]).toEqual([undefined, undefined]);
  expect((await ask('/', { 'Accept-Encoding': 'br' })).headers['cache-control']).toBe('no-cache');
  expect(
    (await ask('/assets/nothing-e5f6.js', { 'Accept-Encoding': 'br' })).headers['content-encoding'],
  ).toBeUndefined();
});

it('compresses JSON of some size, and leaves small answers and the stream of events alone', async () => {
  const large = await ask('/openapi.json', { 'Accept-Encoding': 'gzip, br' });
  expect(large.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(large.body.length),
    vary: 'Accept-Encoding',
  });
  const plain = await ask('/openapi.json');
  expect(brotliDecompressSync(large.body)).toEqual(plain.body);
  expect(large.body.length).toBeLessThan(plain.body.length / 4);
  const gzip = await ask('/openapi.json', { 'Accept-Encoding': 'gzip' });
  expect(gunzipSync(gzip.body)).toEqual(plain.body);
  const key = { 'X-Api-Key': server.key(), 'Accept-Encoding': 'gzip, br' };
  const small = await ask('/api/web/things/7', key);
  expect([small.headers['content-encoding'], small.body.toString()]).toEqual([undefined, '{"id":7,"colour":"red"}']);
  const stream = await server.get('/api/web/events/status', key);
  expect(stream.headers.get('content-encoding')).toBeNull();
  await stream.body!.cancel();
});
