import type { Source } from '../../safe-files';
import { type BoxPlace, boxAt, boxesIn, childrenOf } from '../mp4';

interface Fragmented {
  readonly boxes: readonly BoxPlace[];
  readonly inMoov: readonly BoxPlace[];
  /** Of the track whose samples are counted. */
  readonly id: number;
}

const MAX_READ = 1024 * 1024;

/** Ticks of a track's samples in all fragments of an MP4 file. ISO/IEC 14496-12, 8.8. */
export async function lengthOfFragments(source: Source, { boxes, inMoov, id }: Fragmented): Promise<number> {
  const usual = await defaultDuration(source, inMoov, id);
  let ticks = 0;
  for (const fragment of boxes.filter(({ type }) => type === 'moof')) {
    const parts = await childrenOf(source, fragment);
    for (const part of parts.filter(({ type }) => type === 'traf')) {
      const inPart = await boxesIn(source, part.bodyAt, part.end);
      const header = inPart.find(({ type }) => type === 'tfhd');
      const head = header ? await source.read(header.bodyAt, 32) : Buffer.alloc(0);
      if (head.length < 8 || head.readUInt32BE(4) !== id) continue;
      const each = durationIn(head) ?? usual;
      for (const run of inPart.filter(({ type }) => type === 'trun')) ticks += await ticksOf(source, run, each);
    }
  }
  return ticks;
}

async function defaultDuration(source: Source, inMoov: readonly BoxPlace[], id: number): Promise<number> {
  const extends_ = await boxAt(source, inMoov, 'mvex');
  for (const { type, bodyAt } of extends_ ? await childrenOf(source, extends_) : []) {
    const bytes = type === 'trex' ? await source.read(bodyAt, 24) : Buffer.alloc(0);
    if (bytes.length === 24 && bytes.readUInt32BE(4) === id) return bytes.readUInt32BE(12);
  }
  return 0;
}

/** What the header of a track's fragment says of the length of a sample, behind what else it says. */
function durationIn(head: Buffer): number | undefined {
  const flags = head.readUIntBE(1, 3);
  if (!(flags & 8)) return undefined;
  const at = 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0);
  return at + 4 <= head.length ? head.readUInt32BE(at) : undefined;
}

async function ticksOf(source: Source, { bodyAt, end }: BoxPlace, each: number): Promise<number> {
  const bytes = await source.read(bodyAt, Math.min(end - bodyAt, MAX_READ));
  if (bytes.length < 8) return 0;
  const flags = bytes.readUIntBE(1, 3);
  const count = bytes.readUInt32BE(4);
  if (!(flags & 0x100)) return count * each;
  const step = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length * 4;
  const first = 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0);
  let ticks = 0;
  for (let at = first, left = count; left > 0 && at + 4 <= bytes.length; left--, at += step) {
    ticks += bytes.readUInt32BE(at);
  }
  return ticks;
}
