import { type ByteSource, openByteSource } from './byte-source';
import { type Container, detectContainer, findStream, id3v2Length } from './container';

const HEAD_BYTES = 64 * 1024;
/** Tags may be stacked; more than this is no tag but a trap. */
const MAX_ID3_TAGS = 8;

export interface Probe {
  readonly container: Container | undefined;
  /** Where the bytes after any ID3v2 tags begin. */
  readonly start: number;
  /** The first bytes from `start`. */
  readonly head: Uint8Array;
}

/** The container of a file, by its content; undefined when it is no audio. Reads at most a few hundred KiB. */
export async function probeContainer(file: string): Promise<Container | undefined> {
  const source = await openByteSource(file);
  try {
    return (await probe(source)).container;
  } finally {
    await source.close();
  }
}

/** Steps over ID3v2 tags of any size, then looks at what follows, and far into it where that is not known. */
export async function probe(source: ByteSource): Promise<Probe> {
  let start = 0;
  let head = await source.read(0, HEAD_BYTES);
  for (let tags = 0; tags < MAX_ID3_TAGS; tags++) {
    const length = id3v2Length(head);
    if (length === 0) break;
    start += length;
    head = await source.read(start, HEAD_BYTES);
  }
  // A tag that claims more than the file has hides what comes after it.
  if (head.length === 0 && start > source.size) start = ID3_HEADER_BYTES;
  const container = detectContainer(head);
  return container ? { container, start, head } : probeFarIn(source, start, head);
}

const ID3_HEADER_BYTES = 10;
/** How far into a file its first frame is looked for, piece by piece; each reaches into the next. */
const MAX_GARBAGE_BYTES = 16 * 1024 * 1024;
const PIECE_BYTES = 512 * 1024;
const OVERLAP_BYTES = HEAD_BYTES;

async function probeFarIn(source: ByteSource, start: number, head: Uint8Array): Promise<Probe> {
  const end = Math.min(source.size, start + MAX_GARBAGE_BYTES);
  for (let at = start; at < end; at += PIECE_BYTES - OVERLAP_BYTES) {
    const found = findStream(await source.read(at, PIECE_BYTES));
    if (!found) continue;
    const first = at + found.at;
    return { container: found.container, start: first, head: await source.read(first, HEAD_BYTES) };
  }
  return { container: undefined, start, head };
}
