import type { Endpoint } from '../../platform/worker-process';
import { AppError, toFailure } from '../../rpc';
import type { FromReader, ReadOutcome, ToReader } from './protocol';
import type { FileReader, ReaderSet } from './reader-set';

const MAX_RESULT_BYTES = 1024 * 1024;

/** The worker's side: reads what it is asked, several at once, and sends results in as few messages as it can. */
export function serveReaders(readers: ReaderSet, endpoint: Endpoint<ToReader, FromReader>): void {
  let results: { id: number; outcome: ReadOutcome }[] = [];

  function add(id: number, outcome: ReadOutcome): void {
    if (results.length === 0) setImmediate(flush);
    results.push({ id, outcome });
  }

  function flush(): void {
    endpoint.post({ results });
    results = [];
  }

  endpoint.onMessage(({ requests }) => {
    for (const { id, name, input } of requests)
      readOne(readers[name] as FileReader<unknown, unknown>, input).then((outcome) => add(id, outcome));
  });
  endpoint.post({ results: [] });
}

async function readOne(reader: FileReader<unknown, unknown>, input: unknown): Promise<ReadOutcome> {
  try {
    const value = await reader.read(input);
    const limit = reader.maxResultBytes ?? MAX_RESULT_BYTES;
    if (sizeUpTo(limit, value) > limit) throw new AppError('too_large', 'The file says more than anybody could use.');
    return { ok: true, value };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) console.error(thrown);
    return { ok: false, error: toFailure(thrown) };
  }
}

/** About how many bytes a value has; counted no further than the limit. */
function sizeUpTo(limit: number, value: unknown): number {
  if (typeof value === 'string') return 2 * value.length;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 8;
  let size = 0;
  for (const [key, each] of Object.entries(value)) {
    if (size > limit) break;
    size += 2 * key.length + sizeUpTo(limit - size, each);
  }
  return size;
}
