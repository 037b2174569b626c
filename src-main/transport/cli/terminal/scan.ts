import { setTimeout } from 'node:timers/promises';
import type { Library } from '../../../library/libraries/contract';
import { AppError } from '../../../rpc';
import type { Api } from './api';

const POLL_MS = 300;

interface ScanRequest {
  readonly paths?: string[];
  readonly enqueue?: boolean;
}

/** Scans a library, or some folders of it, and waits for the end. A scan that runs already is waited for first. */
export async function scanNow(api: Api, id: number, choices: ScanRequest = {}): Promise<Library> {
  await ended(api, id);
  await api.libraries.scan({ id, ...choices });
  return ended(api, id);
}

async function ended(api: Api, id: number): Promise<Library> {
  for (;;) {
    const library = (await api.libraries.list({})).find((each) => each.id === id);
    if (!library) throw new AppError('not_found', `There is no library ${id}.`);
    if (library.state !== 'scanning') return library;
    await setTimeout(POLL_MS);
  }
}
