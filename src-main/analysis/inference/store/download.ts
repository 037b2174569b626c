import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../rpc';

export type Fetch = typeof fetch;

export interface Download {
  readonly url: string;
  /** Where the file is gathered; what is there is continued when a sum will tell whether the halves fit. */
  readonly part: string;
  /** The SHA-256 sums one of which it has to have. Empty when none is published: then nothing is compared. */
  readonly sums: readonly string[];
  readonly fetch: Fetch;
  readonly signal?: AbortSignal;
  readonly onProgress?: (receivedBytes: number, totalBytes: number | null) => void;
  readonly stallMs?: number;
}

/** No model is as large; whatever sends more is not sending one. */
const MAX_BYTES = 1024 ** 3;
const STALL_MS = 30_000;

/**
 * Downloads into `part` and checks its sum; what is whole and right stays there. What was cut off stays too, to be
 * continued; what is wrong is removed. Throws `provider_failed` with a sentence, or the signal's reason.
 *
 * @returns the file's SHA-256
 */
export async function download(job: Download): Promise<string> {
  mkdirSync(dirname(job.part), { recursive: true });
  if (job.sums.length === 0) rmSync(job.part, { force: true });
  try {
    await receive(job);
  } catch (thrown) {
    if (job.sums.length === 0) rmSync(job.part, { force: true });
    throw thrown;
  }
  const sha256 = await sumOf(job.part);
  if (job.sums.length === 0 || job.sums.includes(sha256)) return sha256;
  rmSync(job.part);
  throw new AppError('provider_failed', `${job.url} is not the file that we know: its SHA-256 is ${sha256}.`);
}

async function receive(job: Download): Promise<void> {
  const have = existsSync(job.part) ? statSync(job.part).size : 0;
  const stall = createStall(job.stallMs ?? STALL_MS);
  const signal = job.signal ? AbortSignal.any([job.signal, stall.signal]) : stall.signal;
  try {
    const response = await job.fetch(job.url, { headers: have > 0 ? { range: `bytes=${have}-` } : {}, signal });
    if (response.status === 416) return receiveAnew(job);
    if (!response.ok || !response.body) {
      throw new AppError('provider_failed', `${job.url} answered ${response.status} ${response.statusText}`.trim());
    }
    const start = response.status === 206 ? have : 0;
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const total = Number.isNaN(length) ? null : start + length;
    const received = await append(response.body, { part: job.part, start }, (bytes) => {
      stall.analyzed();
      job.onProgress?.(bytes, total);
    });
    if (total !== null && received < total) throw cutOff(job.url);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    job.signal?.throwIfAborted();
    if (isDiskFull(thrown)) throw new AppError('disk_full', 'There is no room left on the disk for the model.');
    throw cutOff(job.url, thrown);
  } finally {
    stall.end();
  }
}

/** Everything there is was received before, or more than there is: the sum tells which. */
async function receiveAnew(job: Download): Promise<void> {
  if (job.sums.includes(await sumOf(job.part))) return;
  rmSync(job.part);
  await receive(job);
}

function createStall(ms: number) {
  const abort = new AbortController();
  const expire = () => abort.abort(new AppError('provider_failed', `Nothing came for ${ms / 1000} s.`));
  const timer = setTimeout(expire, ms);
  return { signal: abort.signal, analyzed: () => timer.refresh(), end: () => clearTimeout(timer) };
}

/** Writes each piece before it takes the next, so that what came before a break is there to be continued. */
async function append(
  body: ReadableStream<Uint8Array>,
  { part, start }: { part: string; start: number },
  tell: (bytes: number) => void,
): Promise<number> {
  const file = await open(part, start > 0 ? 'a' : 'w');
  let bytes = start;
  try {
    for await (const piece of body) {
      await file.appendFile(piece);
      bytes += piece.length;
      if (bytes > MAX_BYTES) throw new AppError('provider_failed', 'It is too large to be a model.');
      tell(bytes);
    }
    await file.sync();
    return bytes;
  } finally {
    await file.close();
  }
}

async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

const cutOff = (url: string, cause?: unknown) =>
  new AppError('provider_failed', `The download of ${url} was cut off. Ask again to continue it.`, { cause });

const isDiskFull = (thrown: unknown) => (thrown as { code?: unknown }).code === 'ENOSPC';
