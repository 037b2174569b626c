import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, { content?: { 'application/json': { schema: Schema } } }>>;
}
interface ApiDocument {
  readonly info: { readonly title: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export const ARR_DOCUMENTS = ['lidarr-v1', 'sonarr-v3', 'radarr-v3'] as const;
const FOLDER = join(import.meta.dirname, 'fixtures/arr');
const KEY = 'a-key-of-an-arr';
const RECORDS = 25;
/** Schemas of an Arr hold each other: an artist its albums, an album its artist. */
const MAX_DEPTH = 6;

/**
 * An Arr that knows of itself only what its published document says: it answers every call with values of the types
 * that stand there, lists with two records, paged ones with 25. `problems` names what was asked for that is not in the
 * document.
 */
export async function startArr(name: (typeof ARR_DOCUMENTS)[number], { urlBase = '/arr' } = {}) {
  const document = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as ApiDocument;
  const { title } = document.info;
  const problems: string[] = [];
  const asked: string[] = [];

  function exampleOf(schema: Schema, at = 1, depth = 0): unknown {
    if (schema.$ref) return exampleOf(document.components.schemas[schema.$ref.split('/').at(-1)!], at, depth + 1);
    if (schema.enum) return schema.enum[0];
    switch (schema.type) {
      case 'array':
        return depth > MAX_DEPTH ? [] : [1, 2].map((index) => exampleOf(schema.items!, index, depth + 1));
      case 'object':
        return depth > MAX_DEPTH ? null : objectOf(schema, at, depth);
      case 'integer':
      case 'number':
        return at;
      case 'boolean':
        return true;
      case 'string':
        return schema.format === 'date-time' ? '2026-11-20T21:14:03Z' : 'text';
      default:
        return null;
    }
  }
  function objectOf({ properties = {} }: Schema, at: number, depth: number): unknown {
    return Object.fromEntries(
      Object.entries(properties).map(([key, schema]) => [
        key,
        key === 'appName' ? title : exampleOf(schema, at, depth),
      ]),
    );
  }

  function operationAt(method: string, path: string): Operation | undefined {
    const pattern = Object.keys(document.paths).find((each) =>
      new RegExp(`^${each.replaceAll(/\{\w+\}/g, '\\d+')}$`).test(path),
    );
    return pattern === undefined ? undefined : document.paths[pattern][method.toLowerCase()];
  }

  /** A page of a paged list; everything else as it is. */
  function paged(answer: unknown, schema: Schema, query: URLSearchParams): unknown {
    if (!schema.$ref?.endsWith('PagingResource')) return answer;
    const records = document.components.schemas[schema.$ref.split('/').at(-1)!].properties!.records.items!;
    const [page, pageSize] = [Number(query.get('page') ?? 1), Number(query.get('pageSize') ?? 10)];
    const from = (page - 1) * pageSize;
    const count = Math.max(0, Math.min(pageSize, RECORDS - from));
    const list = Array.from({ length: count }, (_, index) => exampleOf(records, from + index + 1));
    return { ...(answer as object), page, pageSize, totalRecords: RECORDS, records: list };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, 'http://arr');
    const body = await text(request);
    const call = `${request.method} ${pathname.slice(urlBase.length)}`;
    asked.push(`${call}${searchParams.size > 0 ? `?${searchParams}` : ''}`);
    const send = (status: number, json: unknown) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json));
    if (request.headers['x-api-key'] !== KEY) return void send(401, { error: 'Unauthorized' });
    const operation = operationAt(request.method!, pathname.slice(urlBase.length));
    if (!pathname.startsWith(urlBase) || !operation) {
      problems.push(`${call} is not in the document`);
      return void send(404, { message: 'NotFound' });
    }
    const known = (operation.parameters ?? []).map((parameter) => parameter.name);
    for (const parameter of searchParams.keys())
      if (!known.includes(parameter)) problems.push(`${call} has no parameter ${parameter}`);
    if (operation.requestBody && body === '') problems.push(`${call} needs a body`);
    const schema = operation.responses['200']?.content?.['application/json'].schema;
    send(200, schema ? paged(exampleOf(schema), schema, searchParams) : {});
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ title, problems, asked, key: KEY, records: RECORDS },
    api: name.endsWith('v1') ? ('v1' as const) : ('v3' as const),
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${urlBase}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
