import { AppError } from '../../../../rpc';
import type { ByteSource } from '../../source';

/** A box of an ISO base media file: its type and its body. */
export interface Box {
  readonly type: string;
  readonly body: Uint8Array;
}

/** Tables of a track of ten hours take less than 20 MB. */
const MAX_MOOV_BYTES = 64 * 1024 * 1024;
const MAX_TOP_LEVEL_BOXES = 100_000;

export const u32 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
export const u64 = (bytes: Uint8Array, at: number): number => u32(bytes, at) * 2 ** 32 + u32(bytes, at + 4);
export const fourCc = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

/** The boxes that lie one after the other in `bytes`; one that claims more than there is ends the row. */
export function* boxesIn(bytes: Uint8Array, from = 0): Generator<Box> {
  for (let at = from; at + 8 <= bytes.length; ) {
    const short = u32(bytes, at);
    const isLong = short === 1 && at + 16 <= bytes.length;
    const size = short === 0 ? bytes.length - at : isLong ? u64(bytes, at + 8) : short;
    const header = isLong ? 16 : 8;
    if (size < header || at + size > bytes.length) return;
    yield { type: fourCc(bytes, at + 4), body: bytes.subarray(at + header, at + size) };
    at += size;
  }
}

/** The first box at the end of a path such as `mdia/minf/stbl`. */
export function findBox(bytes: Uint8Array, path: string): Uint8Array | undefined {
  let body: Uint8Array | undefined = bytes;
  for (const name of path.split('/')) {
    const within: Uint8Array | undefined = body;
    body = undefined;
    if (!within) return undefined;
    for (const box of boxesIn(within)) {
      if (box.type !== name) continue;
      body = name === 'meta' ? box.body.subarray(4) : box.body;
      break;
    }
  }
  return body;
}

/** The movie box, and the fragments that follow upon it. */
export interface MovieBox {
  readonly body: Uint8Array;
  /** Announces fragments, or is followed by one. */
  readonly isFragmented: boolean;
  /** In their order; ends early, and says so by `onMissing`, where the file ends within one. */
  fragments(onMissing: () => void): AsyncGenerator<Fragment>;
}

interface Fragment {
  /** Where the box begins in the file. */
  readonly at: number;
  readonly body: Uint8Array;
}

interface TopLevelBox {
  readonly type: string;
  readonly at: number;
  readonly bodyAt: number;
  readonly end: number;
}

/** Steps from box to box through the file, reading headers only, until the movie box, which is read whole. */
export async function readMovieBox(source: ByteSource, start: number): Promise<MovieBox> {
  let firstFragment: number | undefined;
  for await (const { type, at, bodyAt, end } of topLevelBoxes(source, start)) {
    if (type === 'moof') firstFragment ??= at;
    if (type !== 'moov') continue;
    if (end - at > MAX_MOOV_BYTES || end > source.size) break;
    const body = await source.read(bodyAt, end - bodyAt);
    const from = Math.min(firstFragment ?? end, end);
    return {
      body,
      isFragmented: firstFragment !== undefined || findBox(body, 'mvex') !== undefined,
      fragments: (onMissing) => readFragments(source, from, onMissing),
    };
  }
  throw new AppError(
    'unreadable_audio',
    'The index of this MP4 file is missing: the file is not complete. Copy or download it again.',
  );
}

async function* readFragments(source: ByteSource, from: number, onMissing: () => void): AsyncGenerator<Fragment> {
  for await (const { type, at, bodyAt, end } of topLevelBoxes(source, from)) {
    if (end > source.size && (type === 'moof' || type === 'mdat')) onMissing();
    if (type === 'moof' && end <= source.size && end - at <= MAX_MOOV_BYTES) {
      yield { at, body: await source.read(bodyAt, end - bodyAt) };
    }
  }
}

async function* topLevelBoxes(source: ByteSource, start: number): AsyncGenerator<TopLevelBox> {
  let at = start;
  for (let boxes = 0; boxes < MAX_TOP_LEVEL_BOXES && at + 8 <= source.size; boxes++) {
    const header = await source.read(at, 16);
    const short = u32(header, 0);
    const size = short === 1 ? u64(header, 8) : short === 0 ? source.size - at : short;
    const headerLength = short === 1 ? 16 : 8;
    if (size < headerLength) return;
    yield { type: fourCc(header, 4), at, bodyAt: at + headerLength, end: at + size };
    at += size;
  }
}
