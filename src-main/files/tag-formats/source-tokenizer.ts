import { AbstractTokenizer, EndOfStreamError, type IReadChunkOptions } from 'strtok3';
import { partsAfter, type Source, type Splice } from '../safe-files';

/** Bytes as music-metadata reads them, as if the splices had been made to the source. */
export class SourceTokenizer extends AbstractTokenizer {
  override readonly fileInfo: { readonly path: string; readonly size: number };
  readonly #source: Source;

  constructor(source: Source, path: string, splices: readonly Splice[]) {
    super();
    this.#source = spliced(source, splices);
    this.fileInfo = { path, size: this.#source.size };
  }

  override supportsRandomAccess(): boolean {
    return true;
  }

  setPosition(position: number): void {
    this.position = position;
  }

  override async readBuffer(into: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const position = options?.position ?? this.position;
    const read = await this.peekBuffer(into, { ...options, position });
    this.position = position + read;
    return read;
  }

  override async peekBuffer(into: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { length, position, mayBeLess } = this.normalizeOptions(into, options);
    const bytes = await this.#source.read(position, length);
    if (bytes.length < length && !mayBeLess) throw new EndOfStreamError();
    into.set(bytes);
    return bytes.length;
  }
}

/** A source that reads as the file would after the splices, and reads nothing of what they take out. */
function spliced(source: Source, splices: readonly Splice[]): Source {
  if (splices.length === 0) return source;
  const pieces = partsAfter(source.size, splices).map((part) =>
    'bytes' in part
      ? {
          length: part.bytes.length,
          read: async (from: number, length: number) => part.bytes.subarray(from, from + length),
        }
      : { length: part.length, read: (from: number, length: number) => source.read(part.from + from, length) },
  );
  return {
    size: pieces.reduce((sum, { length }) => sum + length, 0),
    async read(offset, length) {
      const found: Uint8Array[] = [];
      let start = 0;
      for (const piece of pieces) {
        const from = Math.max(0, offset - start);
        const to = Math.min(piece.length, offset + length - start);
        if (from < to) found.push(await piece.read(from, to - from));
        start += piece.length;
      }
      return found.length === 1 ? Buffer.from(found[0]) : Buffer.concat(found);
    },
  };
}
