/** One kind of thing that is read in the worker, declared by the domain that knows it. */
export interface FileReader<I, O> {
  /** Both are plain data: they cross between processes. */
  readonly read: (input: I) => Promise<O>;
  /** The file that it opens, if any: it may read no other. */
  readonly pathOf?: (input: I) => string;
  /** So long may one take, while nothing else comes from the worker either. Default 30 s. */
  readonly timeoutMs?: number;
  /** A result with more text and bytes than this is refused. Default 1 MB. */
  readonly maxResultBytes?: number;
}

/** Every reader there is, by name; gathered in `app/`, known to both processes. */
export type ReaderSet = Readonly<Record<string, FileReader<never, unknown>>>;

export type InputOf<R> = R extends FileReader<infer I, unknown> ? I : never;
export type ResultOf<R> = R extends FileReader<never, infer O> ? O : never;
