import { type ByteSource, openByteSource } from './byte-source';
import { type Container, detectContainer, id3v2Length } from './container';

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

/** Steps over ID3v2 tags of any size, then looks at what follows. */
export async function probe(source: ByteSource): Promise<Probe> {
  let start = 0;
  let head = await source.read(0, HEAD_BYTES);
  for (let tags = 0; tags < MAX_ID3_TAGS; tags++) {
    const length = id3v2Length(head);
    if (length === 0) break;
    start += length;
    head = await source.read(start, HEAD_BYTES);
  }
  return { container: detectContainer(head), start, head };
}
