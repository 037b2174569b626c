const table = (width: number, polynomial: number): Uint16Array =>
  Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) crc = crc & (1 << (width - 1)) ? (crc << 1) ^ polynomial : crc << 1;
    return crc & ((1 << width) - 1);
  });
const CRC8 = table(8, 0x07);
/** From what bytes make of the checksum, what they make of it when a zero comes after them. */
const beforeZero = (crcs: Uint16Array) => crcs.map((crc) => LAST[crc >> 8] ^ (crc << 8));
const LAST = table(16, 0x8005);
const THIRD = beforeZero(LAST);
const SECOND = beforeZero(THIRD);
const FIRST = beforeZero(SECOND);

/**
 * Checksum of a whole frame, its own two bytes included: 0 when nothing was changed (RFC 9639 §9.3). Four bytes at a
 * time, whose tables do not wait for each other.
 */
export function crc16(bytes: Uint8Array, from: number, to: number, start = 0): number {
  let crc = start;
  let i = from;
  for (; i + 4 <= to; i += 4) {
    crc = FIRST[(crc >> 8) ^ bytes[i]] ^ SECOND[(crc & 0xff) ^ bytes[i + 1]] ^ THIRD[bytes[i + 2]] ^ LAST[bytes[i + 3]];
  }
  for (; i < to; i++) crc = (LAST[(crc >> 8) ^ bytes[i]] ^ (crc << 8)) & 0xffff;
  return crc;
}

/**
 * Length of the frame header at `at` (RFC 9639 §9.1), proven by its own checksum; 0 when there is none, −1 when the
 * bytes end before it can be told.
 */
export function flacHeaderLength(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0xff) return 0;
  if (at + 6 > bytes.length) return -1;
  const blockSize = bytes[at + 2] >> 4;
  const rate = bytes[at + 2] & 15;
  if ((bytes[at + 1] & 0xfe) !== 0xf8 || blockSize === 0 || rate === 15) return 0;
  if (bytes[at + 3] >> 4 > 10 || bytes[at + 3] & 1) return 0;
  const number = bytes[at + 4];
  const follow = number < 0x80 ? 0 : Math.clz32(~(number << 24)) - 1;
  if (follow < 0 || follow > 6) return 0;
  const length = 5 + follow + (blockSize === 6 ? 1 : blockSize === 7 ? 2 : 0) + (rate === 12 ? 1 : rate > 12 ? 2 : 0);
  if (at + length >= bytes.length) return -1;
  let crc = 0;
  for (let i = at; i < at + length; i++) crc = CRC8[crc ^ bytes[i]];
  return crc === bytes[at + length] ? length + 1 : 0;
}
