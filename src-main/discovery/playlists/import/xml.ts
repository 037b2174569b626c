const COMMENT = { opens: '<!--', closes: '-->' } as const;

/** A document without its comments, and without the prefix that its root's elements may bear. */
export function plainXml(text: string): string {
  const bare = withoutComments(text);
  const prefix = ROOT.exec(bare)?.[1];
  return prefix ? bare.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</') : bare;
}

/** The name of the root element in lower case, without prefix; empty where there is none. */
export function rootOf(text: string): string {
  return ROOT.exec(withoutComments(text))?.[2].toLowerCase() ?? '';
}

const ROOT = /<(?:([a-z_][\w.-]{0,100}):)?([a-z_][\w.-]{0,100})(?=[\s/>])/i;

function withoutComments(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const opens = text.indexOf(COMMENT.opens, from);
    const closes = opens < 0 ? -1 : text.indexOf(COMMENT.closes, opens + COMMENT.opens.length);
    if (closes < 0) return kept.join('') + text.slice(from);
    kept.push(text.slice(from, opens));
    from = closes + COMMENT.closes.length;
  }
}

/** The text of the first element of this name; empty where there is none. */
export function field(block: string, name: string): string {
  const open = new RegExp(`<${name}(?:\\s[^<>]{0,1000})?>`, 'i').exec(block);
  if (!open) return '';
  const from = open.index + open[0].length;
  const to = block.indexOf(`</`, from);
  return to < 0 ? '' : plain(block.slice(from, to)).trim();
}

/** What stands in each element of these names beside its name: its attributes. */
export function attributesOf(text: string, names: readonly string[]): string[] {
  const open = new RegExp(`<(?:${names.join('|')})\\s([^<>]{0,8000})`, 'gi');
  return [...text.matchAll(open)].map(([, attributes]) => attributes);
}

/** The value of an attribute; empty where there is none. */
export function attribute(attributes: string, name: string): string {
  const value = new RegExp(`(?:^|\\s)${name}\\s{0,20}=\\s{0,20}(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes);
  return plain(value?.[1] ?? value?.[2] ?? '').trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  return text
    .replace(/^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/, '$1')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (all, decimal, hex, name) => {
      if (name) return ENTITIES[name] ?? all;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    });
}
