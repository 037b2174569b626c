import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Catalogue, readCatalogue } from '../../src-main/analysis/inference/store/catalogue';
import { tinyEmbeddingModel, tinyHeadModel } from './tiny-model';

type Answer = (request: IncomingMessage, response: ServerResponse, content: Buffer) => void;

/** Sends the file as a good server does, from where it was asked to continue. */
const whole: Answer = (request, response, content) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (from >= content.length) {
    response.writeHead(416).end();
    return;
  }
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': content.length - from });
  response.end(content.subarray(from));
};

/** A publisher of tiny models on this machine, that can be made to misbehave. */
export async function startPublisher() {
  const files = new Map<string, Buffer>();
  const requests: string[] = [];
  let answer: Answer = whole;
  const server = createServer((request, response) => {
    requests.push(`${request.url} ${request.headers.range ?? ''}`.trim());
    const content = files.get(request.url ?? '');
    if (!content) response.writeHead(404, 'Not Found').end();
    else if (request.url?.endsWith('.json')) response.end(content);
    else answer(request, response, content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  files.set('/embeddings/tiny-1.onnx', tinyEmbeddingModel());
  files.set('/classification-heads/calm/calm-tiny-1.onnx', tinyHeadModel({ seed: 1 }));
  files.set('/classification-heads/odd/odd-tiny-1.onnx', tinyHeadModel({ seed: 2 }));
  files.set('/classification-heads/odd/odd-tiny-1.json', Buffer.from(JSON.stringify({ classes: ['odd', 'even'] })));

  return {
    files,
    requests,
    /** How models are sent from now on; descriptions are always sent well. */
    answerWith(next: Answer | undefined): void {
      answer = next ?? whole;
    },
    catalogue: (): Catalogue => tinyCatalogue(`http://127.0.0.1:${port}/`, files),
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

/** The embedding model and `calm` with their sums, `odd` without sum and classes. */
function tinyCatalogue(address: string, files: Map<string, Buffer>): Catalogue {
  const sumOf = (path: string) => {
    const content = files.get(path)!;
    return { sha256: createHash('sha256').update(content).digest('hex'), sizeBytes: content.length };
  };
  const head = { kind: 'softmax', released: '2024-01-01' };
  const json = {
    publisher: 'Somebody',
    licence: { name: 'A licence', url: 'https://licence.example/', summary: 'Be kind.' },
    address: 'https://publisher.example/',
    backbones: [
      {
        id: 'tiny',
        name: 'tiny-1',
        title: 'Tiny',
        folder: 'embeddings',
        released: '2024-01-01',
        sizeBytes: null,
        sums: [sumOf('/embeddings/tiny-1.onnx')],
        task: 'tiny_tags',
        classes: ['low', 'middle', 'high'],
      },
    ],
    heads: [
      {
        ...head,
        task: 'calm',
        folder: 'calm',
        classes: ['calm', 'not_calm'],
        files: {
          tiny: {
            name: 'calm-tiny-1',
            sizeBytes: null,
            sums: [sumOf('/classification-heads/calm/calm-tiny-1.onnx')],
          },
        },
      },
      { ...head, task: 'odd', folder: 'odd', classes: null, files: { tiny: { name: 'odd-tiny-1', sizeBytes: null } } },
    ],
  };
  return readCatalogue(json, address);
}
