/** What we read of a JSON Schema. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly description?: string;
  readonly default?: unknown;
}

/** A JSON Schema as people write a type: `{ id: integer, name?: string }`, over several lines where there are fields. */
export function shapeOf(schema: unknown, indent = ''): string {
  if (typeof schema !== 'object' || schema === null) return 'anything';
  const { $ref, anyOf, oneOf, allOf, type, items, enum: choices, ...rest } = schema as Schema;
  if ($ref) return $ref.slice($ref.lastIndexOf('/') + 1);
  if (choices) return choices.map((choice) => JSON.stringify(choice)).join(' | ');
  if (rest.const !== undefined) return JSON.stringify(rest.const);
  const several = anyOf ?? oneOf;
  if (several) return several.map((each) => shapeOf(each, indent)).join(' | ');
  if (allOf) return allOf.map((each) => shapeOf(each, indent)).join(' & ');
  if (type === 'array') return `list of ${shapeOf(items, indent)}`;
  if (type === 'object') return objectShape(rest, indent);
  return typeof type === 'string' ? type : (type?.join(' | ') ?? 'anything');
}

function objectShape({ properties = {}, required = [], additionalProperties }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, schema]) => {
    const { description, default: initial } = schema;
    const notes = [description, initial !== undefined && `else ${JSON.stringify(initial)}`].filter(Boolean).join('; ');
    const mark = required.includes(name) ? '' : '?';
    return `${inner}${name}${mark}: ${shapeOf(schema, inner)}${notes && `  — ${notes}`}`;
  });
  if (typeof additionalProperties === 'object') lines.push(`${inner}…: ${shapeOf(additionalProperties, inner)}`);
  return lines.length > 0 ? `{\n${lines.join('\n')}\n${indent}}` : '{}';
}
