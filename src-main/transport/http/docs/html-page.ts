import type { openApiDocument } from './openapi';
import { shapeOf } from './schema-shape';

type Document = ReturnType<typeof openApiDocument>;
type Operation = NonNullable<NonNullable<Document['paths']>[string]['get']>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const INTRODUCTION = [
  'Every path below is answered by this server. Show an API key as <code>Authorization: Bearer …</code> or ',
  '<code>X-Api-Key: …</code>; keys are made in the settings, or with <code>nom key create</code>. The same as a document ',
  'for programs, in OpenAPI 3.1: <a href="openapi.json">openapi.json</a>.',
].join('');

/** The document as a page of HTML, which needs no script. Its links are relative to `/docs`. */
export function htmlPage(document: Document): string {
  const entries = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation, tag: operation.tags?.[0] ?? '' }] : [];
    }),
  );
  const tags = [...new Set(entries.map(({ tag }) => tag))].toSorted();
  const parts = tags.map((tag) => {
    const own = entries.filter((entry) => entry.tag === tag);
    const list = own.map(({ path, method, operation }) => operationHtml(path, method, operation)).join('');
    return `<section id="${escaped(tag)}"><h2>${escaped(tag)}</h2>${list}</section>`;
  });
  const contents = tags.map((tag) => `<a href="#${escaped(tag)}">${escaped(tag)}</a>`).join(' ');
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">',
    // A page without an icon of its own asks the server for one.
    '<title>Tonearm API</title><link rel="icon" href="data:,"><link rel="stylesheet" href="docs/style.css"></head><body>',
    `<header><h1>Tonearm API <small>${escaped(document.info.version)}</small></h1><p>${INTRODUCTION}</p>`,
    `<nav aria-label="Parts">${contents}</nav></header><main>${parts.join('')}</main></body></html>\n`,
  ].join('');
}

function operationHtml(path: string, method: string, operation: Operation): string {
  const { operationId = '', summary = '', description = '' } = operation;
  return [
    `<details id="${escaped(operationId)}"><summary><b class="${method}">${method.toUpperCase()}</b> `,
    `<code>${escaped(path)}</code> ${escaped(summary)}</summary>`,
    `<p>${escaped(description)}</p>`,
    parametersHtml(operation),
    requestHtml(operation),
    responsesHtml(operation),
    '</details>',
  ].join('');
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: unknown;
}

function parametersHtml({ parameters }: Operation): string {
  if (!parameters?.length) return '';
  const rows = (parameters as readonly Parameter[]).map((parameter) => {
    const { name, required, description, schema } = parameter;
    const need = required ? 'needed' : 'may be left out';
    const cells = [name, parameter.in, shapeOf(schema), need, description ?? ''];
    return `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
  });
  const head = '<tr><th>Parameter</th><th>in</th><th>is</th><th></th><th></th></tr>';
  return `<table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table>`;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>;
  readonly description?: string;
}

function requestHtml({ requestBody }: Operation): string {
  const body = requestBody as Content | undefined;
  return body ? `<h3>Body</h3>${contentHtml(body)}` : '';
}

function responsesHtml({ responses }: Operation): string {
  const all = Object.entries((responses ?? {}) as Record<string, Content>);
  return all
    .map(([status, response]) => {
      const title = `${status === 'default' ? 'Else' : status}: ${response.description ?? ''}`;
      return `<h3>${escaped(title)}</h3>${contentHtml(response)}`;
    })
    .join('');
}

const contentHtml = ({ content = {} }: Content): string =>
  Object.entries(content)
    .map(([type, { schema }]) => `<pre title="${escaped(type)}">${escaped(shapeOf(schema))}</pre>`)
    .join('');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (char) => ENTITIES[char]);
