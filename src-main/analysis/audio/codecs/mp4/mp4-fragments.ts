import { boxesIn, u32, u64 } from './mp4-boxes';
import type { Run } from './mp4-samples';

/** What a fragment need not repeat: from the box `trex` of its track. */
export interface FragmentDefaults {
  readonly trackId: number;
  readonly duration: number;
  readonly size: number;
}

const TFHD = { base: 1, description: 2, duration: 8, size: 0x10 };
const TRUN = { offset: 1, firstFlags: 4, duration: 0x100, size: 0x200, flags: 0x400, composition: 0x800 };
const MAX_SAMPLES_A_RUN = 1 << 20;

/**
 * Where the samples of one track lie that a movie fragment lists, and how long they last in its units (ISO/IEC 14496-12
 * §8.8.7, §8.8.8).
 *
 * @param moof the body of the box
 * @param at where the box begins in the file
 */
export function readFragment(moof: Uint8Array, at: number, defaults: FragmentDefaults) {
  const runs: Run[] = [];
  let duration = 0;
  for (const { type, body } of boxesIn(moof)) {
    if (type !== 'traf') continue;
    let header = { base: at, ...defaults, isMine: false };
    let next: number | undefined;
    for (const part of boxesIn(body)) {
      if (part.type === 'tfhd' && part.body.length >= 8) header = { ...header, ...readHeader(part.body, header) };
      else if (part.type === 'trun' && header.isMine && part.body.length >= 8) {
        const run = readRun(part.body, header, next);
        runs.push({ offset: run.offset, sizes: run.sizes });
        next = run.end;
        duration += run.duration;
      }
    }
  }
  return { runs, duration };
}

function readHeader(tfhd: Uint8Array, before: FragmentDefaults & { base: number }) {
  const flags = u32(tfhd, 0) & 0xffffff;
  let at = 8;
  const base = flags & TFHD.base ? u64(tfhd, at) : before.base;
  if (flags & TFHD.base) at += 8;
  if (flags & TFHD.description) at += 4;
  const duration = flags & TFHD.duration ? u32(tfhd, at) : before.duration;
  if (flags & TFHD.duration) at += 4;
  const size = flags & TFHD.size ? u32(tfhd, at) : before.size;
  return { base, duration, size, isMine: u32(tfhd, 4) === before.trackId };
}

function readRun(trun: Uint8Array, header: { base: number; duration: number; size: number }, next?: number) {
  const flags = u32(trun, 0) & 0xffffff;
  let at = 8;
  let offset = next ?? header.base;
  if (flags & TRUN.offset) {
    offset = header.base + (u32(trun, at) | 0);
    at += 4;
  }
  if (flags & TRUN.firstFlags) at += 4;
  const sizes: number[] = [];
  let duration = 0;
  let end = offset;
  const count = Math.min(u32(trun, 4), MAX_SAMPLES_A_RUN);
  for (let i = 0; i < count; i++) {
    if (flags & (TRUN.duration | TRUN.size) && at + 4 > trun.length) break;
    duration += flags & TRUN.duration ? u32(trun, at) : header.duration;
    if (flags & TRUN.duration) at += 4;
    const size = flags & TRUN.size ? u32(trun, at) : header.size;
    if (flags & TRUN.size) at += 4;
    if (flags & TRUN.flags) at += 4;
    if (flags & TRUN.composition) at += 4;
    sizes.push(size);
    end += size;
  }
  return { offset, sizes, duration, end };
}
