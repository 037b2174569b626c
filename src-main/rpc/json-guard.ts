import { AppError } from './errors';

const MAX_DEPTH = 32;
/** A rename of 5 000 files has some 200 000. */
const MAX_VALUES = 1_000_000;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Looks through JSON before it is parsed, for what the parser would accept without a word: nesting deeper than 32, a
 * key given twice in one object (the last would win), and keys that touch prototypes. Malformed JSON is left to the
 * parser, which says where. Throws `invalid_input`, also for more than a million values, which would take more memory
 * than their text.
 *
 * @param keys `any` where the sender cannot be taught which keys are right
 */
export function guardJson(text: string, keys: 'checked' | 'any' = 'checked'): void {
  /** One entry for each open bracket: the keys seen so far of an object, null for a list. */
  const open: (Set<string> | null)[] = [];
  let isKeyNext = false;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      const end = endOfString(text, at);
      const known = open.at(-1);
      if (isKeyNext && known && keys === 'checked') addKey(known, text.slice(at, end + 1));
      isKeyNext = false;
      at = end;
    } else if (char === '{' || char === '[') {
      values += 1;
      open.push(char === '{' ? new Set() : null);
      if (open.length > MAX_DEPTH) throw new AppError('invalid_input', `The JSON is nested deeper than ${MAX_DEPTH}.`);
      isKeyNext = char === '{';
    } else if (char === '}' || char === ']') {
      open.pop();
      isKeyNext = false;
    } else if (char === ',') {
      values += 1;
      if (values > MAX_VALUES) throw new AppError('invalid_input', 'The JSON holds more than a million values.');
      isKeyNext = open.at(-1) instanceof Set;
    }
  }
}

/** Index of the quote that closes the string beginning here; the end of the text when none does. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text[before] === '\\') before -= 1;
    if ((at - before) % 2 === 1) return at;
  }
  return text.length;
}

function addKey(keys: Set<string>, quoted: string): void {
  const key = unquote(quoted);
  if (key === undefined) return;
  if (FORBIDDEN_KEYS.has(key)) throw new AppError('invalid_input', `The key "${key}" is not allowed.`);
  if (keys.has(key)) throw new AppError('invalid_input', `The key "${key}" is given twice.`);
  keys.add(key);
}

/** Escapes can hide a key that is given twice. */
function unquote(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}
