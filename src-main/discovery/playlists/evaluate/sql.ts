/** A piece of SQL with the values of its question marks, in their order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly (string | number | null)[];
}

export function sql(text: string, ...values: (string | number | null)[]): Sql {
  return { text, values };
}

export function joinSql(parts: readonly Sql[], separator: string): Sql {
  return { text: parts.map(({ text }) => text).join(separator), values: parts.flatMap(({ values }) => values) };
}

/** The text with `%` replaced by the pieces in their order; the text must hold no other `%` and no question mark. */
export function fillSql(template: string, ...parts: readonly Sql[]): Sql {
  const texts = template.split('%');
  return {
    text: texts.map((text, i) => text + (parts[i]?.text ?? '')).join(''),
    values: parts.flatMap(({ values }) => values),
  };
}
