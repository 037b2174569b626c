import { setTimeout } from 'node:timers/promises';
import type { Library } from '../../../library/libraries/contract';
import { AppError } from '../../../rpc';
import type { Api } from './api';

const POLL_MS = 300;

interface ScanRequest {
  readonly paths?: string[];
  readonly enqueue?: boolean;
  /** Says that the files which the guard found missing are gone. */
  readonly acceptMissing?: boolean;
}

/** Scans a library, or some folders of it, and waits for the end. A scan that runs already is waited for first. */
export async function scanNow(api: Api, id: number, choices: ScanRequest = {}): Promise<Library> {
  await ended(api, id);
  await api.libraries.scan({ id, ...choices });
  return ended(api, id);
}

/** What a person should know of a scan that did not do all it could, with the way to answer where it asks; or null. */
export function remarkOn({ id, state, stateMessage }: Library): string | null {
  if (state !== 'guarded') return stateMessage;
  return `${stateMessage} "nom libraries scan ${id} --accept-missing" says yes.`;
}

async function ended(api: Api, id: number): Promise<Library> {
  for (;;) {
    const library = (await api.libraries.list({})).find((each) => each.id === id);
    if (!library) throw new AppError('not_found', `There is no library ${id}.`);
    if (library.state !== 'scanning') return library;
    await setTimeout(POLL_MS);
  }
}
