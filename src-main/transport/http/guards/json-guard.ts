import { AppError } from '../../../rpc';

const MAX_DEPTH = 32;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Looks through JSON before it is parsed, for what the parser would accept without a word: nesting deeper than 32, a
 * key given twice in one object (the last would win), and keys that touch prototypes. Malformed JSON is left to the
 * parser, which says where. Throws `invalid_input`.
 */
export function guardJson(text: string): void {
  /** One entry for each open bracket: the keys seen so far of an object, null for a list. */
  const open: (Set<string> | null)[] = [];
  let isKeyNext = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (isKeyNext && keys) addKey(keys, text.slice(at, end + 1));
      isKeyNext = false;
      at = end;
    } else if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null);
      if (open.length > MAX_DEPTH) throw new AppError('invalid_input', `The JSON is nested deeper than ${MAX_DEPTH}.`);
      isKeyNext = char === '{';
    } else if (char === '}' || char === ']') {
      open.pop();
      isKeyNext = false;
    } else if (char === ',') {
      isKeyNext = open.at(-1) instanceof Set;
    }
  }
}

/** Index of the quote that closes the string beginning here; the end of the text when none does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
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
