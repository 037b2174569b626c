import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import type { Source } from './source';
import type { Part, Splice } from './splice';

/*
 * What an undo needs: the old file as ranges of the new one and the bytes that are no longer there. Written as a list
 * of numbers and bytes, deflated: for each part `length * 2` and the distance of its beginning from where the last
 * range ended, or `length * 2 + 1` and the bytes. Pictures and audio are ranges, so a few hundred bytes do.
 */

/** The way back from the file that the splices make of `old`. */
export async function restoreOf(old: Source, splices: readonly Splice[]): Promise<Buffer> {
  const parts: Part[] = [];
  let oldAt = 0;
  let newAt = 0;
  for (const { offset, remove, insert } of splices) {
    copy(parts, newAt, offset - oldAt);
    newAt += offset - oldAt;
    appendMatches(parts, await old.read(offset, remove), insert, newAt);
    newAt += insert.length;
    oldAt = offset + remove;
  }
  copy(parts, newAt, old.size - oldAt);
  return encode(parts);
}

/** The way back to a file of which nothing is left. */
export async function keepWhole(old: Source): Promise<Buffer> {
  return encode([{ bytes: await old.read(0, old.size) }]);
}

function copy(parts: Part[], from: number, length: number): void {
  if (length <= 0) return;
  const last = parts.at(-1);
  if (last && 'from' in last && last.from + last.length === from) last.length += length;
  else parts.push({ from, length });
}

const deflated = promisify<Uint8Array, Buffer>(deflateRaw);
const BLOCK = 32;

/** The removed bytes, as far as they are among the inserted ones as ranges of these, else as they are. */
function appendMatches(parts: Part[], removed: Uint8Array, inserted: Uint8Array, base: number): void {
  const blocks = new Map<number, number>();
  if (removed.length > 2 * BLOCK) {
    for (let at = inserted.length - (inserted.length % BLOCK) - BLOCK; at >= 0; at -= BLOCK)
      blocks.set(sum(inserted, at), at);
  }
  let literal = 0;
  const flush = (end: number) => end > literal && parts.push({ bytes: Buffer.from(removed.subarray(literal, end)) });
  for (let at = 0; at + BLOCK <= removed.length && blocks.size > 0; ) {
    const match = longest(removed, at, inserted, blocks.get(sum(removed, at)));
    if (!match) {
      at++;
      continue;
    }
    const start = Math.max(literal, at - match.before);
    flush(start);
    copy(parts, base + match.from - (at - start), at - start + match.length);
    at += match.length;
    literal = at;
  }
  flush(removed.length);
}

function longest(removed: Uint8Array, at: number, inserted: Uint8Array, from: number | undefined) {
  if (from === undefined) return undefined;
  let length = 0;
  while (at + length < removed.length && removed[at + length] === inserted[from + length]) length++;
  if (length < BLOCK) return undefined;
  let before = 0;
  while (before < at && before < from && removed[at - before - 1] === inserted[from - before - 1]) before++;
  return { from, length, before };
}

/** A number that stands for a block of bytes; equal blocks have equal ones, and the bytes are compared afterwards. */
function sum(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let index = at; index < at + BLOCK; index++) value = (Math.imul(value, 31) + bytes[index]) | 0;
  return value;
}

function encode(parts: readonly Part[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let expected = 0;
  for (const part of parts) {
    if ('bytes' in part) {
      chunks.push(varint(part.bytes.length * 2 + 1), part.bytes);
      continue;
    }
    const distance = part.from - expected;
    chunks.push(varint(part.length * 2), varint(distance >= 0 ? distance * 2 : -distance * 2 - 1));
    expected = part.from + part.length;
  }
  return deflated(Buffer.concat(chunks));
}

/** The old file as parts of the new one. */
export function partsOf(restore: Uint8Array): Part[] {
  const bytes = inflateRawSync(restore);
  const parts: Part[] = [];
  let at = 0;
  let expected = 0;
  const next = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const head = next();
    const length = Math.floor(head / 2);
    if (head % 2 === 1) {
      parts.push({ bytes: bytes.subarray(at, at + length) });
      at += length;
      continue;
    }
    const coded = next();
    const from = expected + (coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2);
    parts.push({ from, length });
    expected = from + length;
  }
  return parts;
}

/** Seven bits a byte, the low ones first; up to 2^53. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.from([...bytes, rest]);
}
