import type { ByteSource } from '../../source';
import { findBox, u32, u64 } from './mp4-boxes';

/** A stretch of the file that holds consecutive samples of one track. */
export interface Run {
  readonly offset: number;
  readonly sizes: readonly number[];
}

/** More in one read serves nothing. */
const RUN_BYTES = 16 * 1024;
const RUN_SAMPLES = 1024;
/** No access unit of AAC or ALAC is as long. */
const MAX_SAMPLE_BYTES = 4 * 1024 * 1024;

/**
 * Samples some at a time, read where the runs say they are. Ends early, and says so by `onMissing`, where the file is
 * shorter than they say.
 */
export async function* readRuns(
  source: ByteSource,
  runs: Iterable<Run>,
  onMissing: () => void,
): AsyncGenerator<Uint8Array[]> {
  let total = 0;
  for (const { offset, sizes } of splitRuns(runs)) {
    const wanted = sizes.reduce((sum, size) => sum + size, 0);
    const bytes = await source.read(offset, wanted);
    total += bytes.length;
    // Tables that name the same bytes over and over would make a small file last for days.
    if (total > source.size) {
      onMissing();
      return;
    }
    const samples: Uint8Array[] = [];
    let at = 0;
    for (const size of sizes) {
      if (at + size > bytes.length) break;
      samples.push(bytes.subarray(at, at + size));
      at += size;
    }
    if (samples.length) yield samples;
    if (bytes.length < wanted) {
      onMissing();
      return;
    }
  }
}

/** Runs as long as one read may be. */
function* splitRuns(runs: Iterable<Run>): Generator<Run> {
  for (const run of runs) {
    let { offset } = run;
    for (let at = 0; at < run.sizes.length; ) {
      const sizes: number[] = [];
      let bytes = 0;
      while (at < run.sizes.length && bytes < RUN_BYTES && sizes.length < RUN_SAMPLES) {
        const size = run.sizes[at++];
        if (size > MAX_SAMPLE_BYTES) return;
        sizes.push(size);
        bytes += size;
      }
      yield { offset, sizes };
      offset += bytes;
    }
  }
}

/**
 * Walks chunk offsets, samples per chunk and sample sizes side by side (ISO/IEC 14496-12 §8.7), without copying them.
 */
export function* runsOf(stbl: Uint8Array): Generator<Run> {
  const sizeOf = sampleSizes(stbl);
  const offsets = chunkOffsets(stbl);
  const perChunk = samplesPerChunk(stbl);
  let sample = 0;
  for (let chunk = 0; chunk < offsets.count && sample < sizeOf.count; chunk++) {
    let offset = offsets.at(chunk);
    const end = Math.min(sizeOf.count, sample + perChunk(chunk));
    while (sample < end) {
      const sizes: number[] = [];
      let bytes = 0;
      while (sample < end && bytes < RUN_BYTES && sizes.length < RUN_SAMPLES) {
        const size = sizeOf.at(sample++);
        if (size > MAX_SAMPLE_BYTES) return;
        sizes.push(size);
        bytes += size;
      }
      yield { offset, sizes };
      offset += bytes;
    }
  }
}

function sampleSizes(stbl: Uint8Array) {
  const stsz = findBox(stbl, 'stsz') ?? new Uint8Array(12);
  const fixed = u32(stsz, 4);
  const listed = Math.floor((stsz.length - 12) / 4);
  return {
    count: fixed ? u32(stsz, 8) : Math.min(u32(stsz, 8), listed),
    at: (index: number): number => fixed || u32(stsz, 12 + 4 * index),
  };
}

function chunkOffsets(stbl: Uint8Array) {
  const long = findBox(stbl, 'co64');
  const table = long ?? findBox(stbl, 'stco') ?? new Uint8Array(8);
  const width = long ? 8 : 4;
  return {
    count: Math.min(u32(table, 4), Math.floor((table.length - 8) / width)),
    at: (index: number): number => (long ? u64 : u32)(table, 8 + width * index),
  };
}

/** Chunks are asked for in their order, so that the row that holds is found by stepping on. */
function samplesPerChunk(stbl: Uint8Array): (chunk: number) => number {
  const stsc = findBox(stbl, 'stsc') ?? new Uint8Array(8);
  const rows = Math.min(u32(stsc, 4), Math.floor((stsc.length - 8) / 12));
  let row = 0;
  return (chunk) => {
    while (row + 1 < rows && chunk + 1 >= u32(stsc, 8 + 12 * (row + 1))) row++;
    return rows ? u32(stsc, 8 + 12 * row + 4) : 1;
  };
}
