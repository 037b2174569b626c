import { AppError } from '../../../rpc';
import type { Encoding } from './encodings';

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  /** The bytes do not tell: another regional encoding would make text of them too. */
  readonly isGuessed: boolean;
}

/**
 * The text of a file whose encoding nobody wrote down: as the caller says; else by its byte order mark; else UTF-16
 * where there are zeros, which no other text has; else UTF-8 where it is valid; else Windows-1252, as a guess. Throws
 * `unsupported_file` for what is no text.
 */
export function decodeText(bytes: Uint8Array, asked?: Encoding): DecodedText {
  const { encoding, isGuessed } = asked ? { encoding: asked, isGuessed: false } : encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  const sample = text.slice(0, 4096);
  const controls = sample.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g)?.length ?? 0;
  if (sample.includes('\0') || controls > sample.length / 50)
    throw new AppError('unsupported_file', 'This file is not text, so it is no playlist that can be read here.');
  return { text, encoding, isGuessed };
}

function encodingOf(bytes: Uint8Array): { encoding: Encoding; isGuessed: boolean } {
  const sure = sureEncodingOf(bytes);
  if (sure) return { encoding: sure, isGuessed: false };
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { encoding: 'utf-8', isGuessed: false };
  } catch {
    return { encoding: 'windows-1252', isGuessed: true };
  }
}

function sureEncodingOf(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Dots, slashes and ends of lines have a zero for their other byte, whatever the language of the rest.
  const [even, odd] = [zerosOf(bytes, 0), zerosOf(bytes, 1)];
  if (odd > 4 * even) return 'utf-16le';
  return even > 4 * odd ? 'utf-16be' : undefined;
}

/** How many of every other byte, from the first or the second, are zero. */
function zerosOf(bytes: Uint8Array, from: 0 | 1): number {
  let zeros = 0;
  for (let at = from; at < bytes.length; at += 2) if (bytes[at] === 0) zeros++;
  return zeros;
}
