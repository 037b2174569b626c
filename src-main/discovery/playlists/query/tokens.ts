import { AppError } from '../../../rpc';

export interface Token {
  readonly kind: 'word' | 'text' | 'sign' | 'end';
  /** What a word, a quoted text or a sign says; the quotes taken off. */
  readonly value: string;
  /** Where it begins: 0 is the first character. */
  readonly at: number;
}

/** A failure at a place in a query; `expected` completes "Expected …". */
export function invalidQuery(problem: string, position: number, expected?: string): AppError {
  return new AppError('invalid_input', `Invalid query: ${problem} (at character ${position + 1}).`, {
    details: [{ position, ...(expected && { expected }) }],
  });
}

const BLANKS = /\s+/y;
const SIGN = /[()[\],]|[<>!=]=|<>|[<>=]/y;
const WORD = /(?:[^\s()[\],<>!=]|!(?!=))+/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/sy;

/** Cuts a query into words, quoted texts and signs; the last token is its end. Throws `invalid_input`. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(query);
    if (match) at = pattern.lastIndex;
    return match;
  };
  for (;;) {
    next(BLANKS);
    const begin = at;
    if (at >= query.length) return [...tokens, { kind: 'end', value: '', at: begin }];
    const isQuote = query[at] === '"' || query[at] === "'";
    const match = isQuote ? next(QUOTED) : (next(SIGN) ?? next(WORD));
    if (!match)
      throw invalidQuery(isQuote ? 'a quote is opened and never closed' : `"${query[at]}" means nothing here`, at);
    if (isQuote) tokens.push({ kind: 'text', value: withoutEscapes(match[1] ?? match[2]), at: begin });
    else tokens.push({ kind: SIGNS.test(match[0]) ? 'sign' : 'word', value: match[0], at: begin });
  }
}

const SIGNS = /^[()[\],<>!=]+$/;

const withoutEscapes = (text: string): string => text.replace(/\\(.)/gs, '$1');
