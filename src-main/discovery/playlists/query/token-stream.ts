import type { AppError } from '../../../rpc';
import { invalidQuery, type Token, tokensOf } from './tokens';

/** The tokens of a query, looked at and taken one after the other. */
export function createTokenStream(query: string) {
  const tokens = tokensOf(query);
  let index = 0;

  const peek = (ahead = 0): Token => tokens[Math.min(index + ahead, tokens.length - 1)];

  function isWord(token: Token, word: string): boolean {
    return token.kind === 'word' && token.value.toLowerCase() === word;
  }

  return {
    peek,
    take(): Token {
      const token = peek();
      index += 1;
      return token;
    },
    /** Takes these words, in any letter case, or nothing. */
    takeWords(...words: readonly string[]): boolean {
      if (!words.every((word, i) => isWord(peek(i), word))) return false;
      index += words.length;
      return true;
    },
    takeSign(...signs: readonly string[]): string | undefined {
      const token = peek();
      if (token.kind !== 'sign' || !signs.includes(token.value)) return undefined;
      index += 1;
      return token.value;
    },
    isWordAhead: (...words: readonly string[]): boolean => words.some((word) => isWord(peek(), word)),
    /** The failure that something else stands here. */
    expected(what: string, token: Token = peek()): AppError {
      const found = token.kind === 'end' ? 'the query ends' : `"${token.value}" stands there`;
      return invalidQuery(`expected ${what}, but ${found}`, token.at, what);
    },
  };
}
export type TokenStream = ReturnType<typeof createTokenStream>;
