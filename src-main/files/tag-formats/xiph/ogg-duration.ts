import type { Source } from '../../safe-files';

const TAIL = 65_536 + 282; // the longest page, and one header

/**
 * Seconds of an Ogg Vorbis or Opus file, from the position that its last page states; undefined when there is none.
 * Reading the two ends is enough, however long the file is.
 */
export async function oggDuration(source: Source, sampleRate: number): Promise<number | undefined> {
  const head = await source.read(0, 64);
  const opus = head.indexOf('OpusHead');
  const skipped = opus > 0 && opus + 12 <= head.length ? head.readUInt16LE(opus + 10) : 0;
  const tailAt = Math.max(0, source.size - TAIL);
  const tail = await source.read(tailAt, TAIL);
  for (let at = tail.lastIndexOf('OggS'); at >= 0; at = at > 0 ? tail.lastIndexOf('OggS', at - 1) : -1) {
    if (at + 14 > tail.length) continue;
    const position = tail.readBigInt64LE(at + 6);
    if (position < 0n) continue; // no packet ends on this page
    return Math.max(0, Number(position) - skipped) / (opus > 0 ? 48_000 : sampleRate);
  }
  return undefined;
}
