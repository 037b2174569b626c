import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import type { Access, ErrorFamily, Route, SuccessStatus } from '../../../rpc';

type Document = Parameters<typeof createDocument>[0];
type PathItem = NonNullable<Document['paths']>[string];
type Operation = NonNullable<PathItem['get']>;

const ACCESS_TEXT: Record<Access, string> = {
  open: 'Needs no credential.',
  read: 'Needs a session, or a key with the scope full or read.',
  webhook: 'Needs a session, or a key with the scope full or webhook.',
  full: 'Needs a session, or a key with the scope full.',
};

const SUCCESS_TEXT: Record<SuccessStatus, string> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted; it is done later',
  204: 'Done; there is no body',
};

type Families = ReadonlyMap<string, ErrorFamily>;

const STREAM: Operation = {
  operationId: 'events.status',
  tags: ['events'],
  summary: 'What happens, as Server-Sent Events',
  description: [
    'The state first, then every change: `queue:status`, `queue:jobs`, `worker:tag:<n>:status`, `system:health`, and',
    'our own such as `tracks:changed` and `scan:progress`. `Last-Event-ID` brings what was missed, or a `resync` event.',
    'Credentials come as a header or cookie; a tool that can only open an address uses `?ticket=` from',
    '`POST /api/events/ticket`. `?topics=queue:*,system:health` narrows, `?legacy=1` adds the old names.',
  ].join(' '),
  requestParams: {
    query: z.object({
      ticket: z.string().optional(),
      topics: z.string().optional(),
      legacy: z.enum(['0', '1']).optional(),
    }),
  },
  responses: { '200': { description: 'A stream', content: { 'text/event-stream': { schema: z.string() } } } },
};

/** The OpenAPI 3.1 document of all routes, made from the schemas that check every call. */
export function openApiDocument(routes: readonly Route[], version: string, families: Families) {
  const paths: Record<string, PathItem> = { '/api/web/events/status': { get: STREAM } };
  for (const route of routes) {
    for (const [index, http] of route.procedure.http.entries()) {
      const [method, path] = http.split(' ', 2);
      const name = index === 0 ? route.name : `${route.name}.${index + 1}`;
      const template = path.replaceAll(/:(\w+)/g, '{$1}');
      const entry = { [method.toLowerCase()]: operation(route, name, method, path, responsesOf(route, families)) };
      paths[template] = { ...paths[template], ...entry };
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Tonearm',
      version,
      description: 'Analyzes a music library and writes what it found into the files as tags.',
      license: { name: 'GPL-3.0-or-later', identifier: 'GPL-3.0-or-later' },
    },
    security: [{ bearer: [] }, { apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key or a session token' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
      },
    },
  });
}

type Responses = Operation['responses'];

function responsesOf({ procedure: { status, errors, output } }: Route, families: Families): Responses {
  const description = SUCCESS_TEXT[status];
  const { body } = families.get(errors)!;
  return {
    [status]: status === 204 ? { description } : { description, content: { 'application/json': { schema: output } } },
    default: { description: 'Refused or failed', content: { 'application/json': { schema: body } } },
  };
}

function operation(
  { name, procedure }: Route,
  operationId: string,
  method: string,
  path: string,
  responses: Responses,
): Operation {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter);
  return {
    operationId,
    tags: [name.split('.', 1)[0]],
    summary: procedure.summary,
    description: ACCESS_TEXT[procedure.access],
    ...(procedure.access === 'open' && { security: [] }),
    ...inputs(procedure, inPath, method),
    responses,
  };
}

function inputs(
  { input: schema, maxTextBytes }: Route['procedure'],
  inPath: readonly string[],
  method: string,
): Partial<Operation> {
  if (!(schema instanceof z.ZodObject)) return {};
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>);
  // Built anew, because a schema with rules across fields cannot be cut.
  const path = z.object(Object.fromEntries(fields.filter(([field]) => inPath.includes(field))));
  const rest = z.object(Object.fromEntries(fields.filter(([field]) => !inPath.includes(field))));
  if (maxTextBytes !== undefined) {
    const requestBody = { content: { 'application/json': { schema: z.unknown().describe('As the server sends it') } } };
    return { requestParams: { path, query: rest.omit({ body: true }) }, requestBody };
  }
  const hasRest = Object.keys(rest.shape).length > 0;
  const isInBody = hasRest && method !== 'GET' && method !== 'DELETE';
  return {
    requestParams: { ...(inPath.length > 0 && { path }), ...(hasRest && !isInBody && { query: rest }) },
    ...(isInBody && { requestBody: { content: { 'application/json': { schema: rest } } } }),
  };
}
