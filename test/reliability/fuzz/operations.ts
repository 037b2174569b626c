import fc from 'fast-check';
import { HOSTILE_BODIES, HOSTILE_TYPES, hostileValue } from './hostile-values';

/** As much of JSON Schema as the document of our API uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly schema?: Schema;
}

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** One thing that can be asked, with what it takes: where → name → schema. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly fields: readonly Parameter[];
}

export interface HostileRequest {
  readonly method: string;
  /** With its query, every character escaped that a request line cannot hold. */
  readonly path: string;
  readonly type?: string;
  readonly body?: string | Uint8Array;
}

/** Every operation of a document; what takes things away comes last, so that the others find something. */
export function operationsOf({ paths }: OpenApi): Operation[] {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      method: method.toUpperCase(),
      path,
      fields: [...(described.parameters ?? []), ...bodyFieldsOf(described)],
    })),
  );
  const takesAway = ({ method, path }: Operation) =>
    Number(method === 'DELETE' || /remove|clear|reset|flush|clean|logout|regenerate|password|restart/.test(path));
  return operations.sort(
    (a, b) => takesAway(a) - takesAway(b) || Number(a.method !== 'GET') - Number(b.method !== 'GET'),
  );
}

function bodyFieldsOf({ requestBody }: Described): Parameter[] {
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
  return Object.entries(schema?.properties ?? {}).map(([name, each]) => ({ in: 'body', name, schema: each }));
}

/** Requests to an operation that are wrong in one field, in all, in their form, or not at all; `words` are real paths. */
export function requestsTo(
  operation: Operation,
  document: OpenApi,
  words: readonly string[],
): fc.Arbitrary<HostileRequest> {
  const valid = valuesFor(operation, (schema) => fittingValue(schema, { document, words }, 4));
  const oneWrong = fc
    .tuple(valid, fc.nat(), hostileValue)
    .map(([values, at, wrong]) => ({ ...values, [keyAt(operation, at)]: wrong }));
  const allWrong = fc.array(hostileValue, { minLength: operation.fields.length, maxLength: operation.fields.length });
  const withUnknown = fc.tuple(valid, hostileValue).map(([values, wrong]) => ({ ...values, 'body unknown': wrong }));
  const named = (values: readonly unknown[]) =>
    Object.fromEntries(operation.fields.map((field, at) => [keyOf(field), values[at]]));
  const built = fc.oneof(
    { weight: 6, arbitrary: oneWrong },
    { weight: 2, arbitrary: allWrong.map(named) },
    { weight: 2, arbitrary: valid },
    { weight: 1, arbitrary: withUnknown },
  );
  const raw = fc.record({
    values: valid,
    body: fc.constantFrom(...HOSTILE_BODIES),
    type: fc.constantFrom(...HOSTILE_TYPES),
  });
  return fc.oneof(
    { weight: 5, arbitrary: built.map((values) => requestWith(operation, values)) },
    { weight: 1, arbitrary: raw.map(({ values, body, type }) => ({ ...requestWith(operation, values), body, type })) },
  );
}

const keyOf = ({ in: where, name }: Parameter) => `${where} ${name}`;
const keyAt = ({ fields }: Operation, at: number) => (fields.length > 0 ? keyOf(fields[at % fields.length]) : 'body x');

type Values = Readonly<Record<string, unknown>>;

/** Most fields that may be left out are left out at times. */
function valuesFor({ fields }: Operation, fitting: (schema: Schema) => fc.Arbitrary<unknown>): fc.Arbitrary<Values> {
  const shape = Object.fromEntries(
    fields.map((field) => {
      const value = fitting(field.schema ?? {});
      return [keyOf(field), field.in === 'path' ? value : fc.option(value, { nil: undefined, freq: 3 })];
    }),
  );
  return fc.record(shape);
}

/** What values can be made of. */
interface Known {
  readonly document: OpenApi;
  readonly words: readonly string[];
}

/** A value that the schema describes. Small ids, so that some of them exist. */
function fittingValue(schema: Schema, known: Known, depth: number): fc.Arbitrary<unknown> {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1)!;
    return fittingValue(known.document.components?.schemas?.[name] ?? {}, known, depth - 1);
  }
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices && depth > 0) return fc.oneof(...choices.map((each) => fittingValue(each, known, depth - 1)));
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'integer' || type === 'number') return fc.integer({ min: 1, max: 3 });
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (type === 'string') return fc.constantFrom('a', 'nom:happy', 'nom:happy > 0.5', '1', ...known.words);
  if (depth <= 0) return fc.constant({});
  if (type === 'array') return fc.array(fittingValue(schema.items ?? {}, known, depth - 1), { maxLength: 3 });
  const properties = Object.entries(schema.properties ?? {});
  return fc.record(Object.fromEntries(properties.map(([name, each]) => [name, fittingValue(each, known, depth - 1)])));
}

function requestWith({ method, path }: Operation, values: Values): HostileRequest {
  const at = (where: string) =>
    Object.entries(values).flatMap(([key, value]) =>
      key.startsWith(`${where} `) && value !== undefined ? [[key.slice(where.length + 1), value] as const] : [],
    );
  const inPath = at('path').reduce((text, [name, value]) => text.replace(`{${name}}`, () => escaped(value)), path);
  const query = at('query').map(([name, value]) => `${escaped(name)}=${escaped(value)}`);
  const address = query.length > 0 ? `${inPath}?${query.join('&')}` : inPath;
  const body = at('body');
  const hasBody = method !== 'GET' && method !== 'HEAD' && (method !== 'DELETE' || body.length > 0);
  if (!hasBody) return { method, path: address };
  return { method, path: address, type: 'application/json', body: JSON.stringify(Object.fromEntries(body)) };
}

/** Percent signs for all but letters and digits, also for halves of surrogate pairs. A line of addresses has an end. */
function escaped(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const bytes = [...Buffer.from(text.slice(0, 2500), 'utf8')];
  return bytes
    .map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`))
    .join('');
}

const isPlain = (byte: number) => /[A-Za-z0-9._-]/.test(String.fromCharCode(byte));
