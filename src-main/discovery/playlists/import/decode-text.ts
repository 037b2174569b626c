import { AppError } from '../../../rpc';

/**
 * The text of a file whose encoding nobody wrote down: by its byte order mark; else UTF-16 where every other byte is
 * zero; else UTF-8 where it is valid; else Windows-1252, which holds Latin-1. Throws `unsupported_file` for what is no
 * text.
 */
export function decodeText(bytes: Uint8Array): string {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  const sample = text.slice(0, 4096);
  const controls = sample.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g)?.length ?? 0;
  if (sample.includes('\0') || controls > sample.length / 50)
    throw new AppError('unsupported_file', 'This file is not text, so it is no playlist that can be read here.');
  return text;
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 200);
  if (sample.length >= 4 && isZero(sample, 1) && !isZero(sample, 0)) return 'utf-16le';
  if (sample.length >= 4 && isZero(sample, 0) && !isZero(sample, 1)) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** Whether nearly every other byte, from the first or the second, is zero. */
function isZero(bytes: Uint8Array, from: 0 | 1): boolean {
  const zeros = bytes.filter((byte, index) => index % 2 === from && byte === 0).length;
  return zeros > bytes.length * 0.35;
}
