import { AuditEntry } from './contract';

/**
 * One entry as one line:
 * `2026-11-30T15:12:54.123Z tonearm login.failed user=owner from=192.0.2.7 no=12 why="wrong password"`.
 * What others chose the words of stands in quotes at the end, as JSON has it and with every control character escaped:
 * nobody can make a line, or a part of one, that says something else.
 */
export function lineOf({ number, at, event, user, from, facts }: AuditEntry): string {
  const said = Object.entries(facts).map(([name, value]) => ` ${name}=${quoted(value)}`);
  return `${at} tonearm ${event} user=${word(user)} from=${word(from)} no=${number}${said.join('')}\n`;
}

const LINE = /^(\S+) tonearm (\S+) user=(\S+) from=(\S+) no=(\d+)((?: [\w-]+="(?:[^"\\]|\\.)*")*)$/;
const FACT = / ([\w-]+)=("(?:[^"\\]|\\.)*")/g;

/** What a line says; undefined for one that was cut short, or is not ours. */
export function entryOf(line: string): AuditEntry | undefined {
  const [, at, event, user, from, number, said] = LINE.exec(line) ?? [];
  if (said === undefined) return undefined;
  const facts = [...said.matchAll(FACT)].map(([, name, value]) => [name, textOf(value)]);
  const entry = { number: Number(number), at, event, user, from, facts: Object.fromEntries(facts) };
  return AuditEntry.safeParse(entry).data;
}

/** Nothing for what is no JSON: then the line is none of ours. */
function textOf(quotedText: string): string | undefined {
  try {
    return JSON.parse(quotedText) as string;
  } catch {
    return undefined;
  }
}

/** Control characters, and those that break lines or turn the direction of writing. */
const UNSEEN = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;
const LONGEST = 200;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const quoted = (text: string) => JSON.stringify(text.slice(0, LONGEST).toWellFormed()).replaceAll(UNSEEN, escaped);
const word = (text: string) => text.slice(0, LONGEST).replaceAll(/[^\w.:%[\]-]/g, '?') || '-';
