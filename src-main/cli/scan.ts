import { setTimeout } from 'node:timers/promises';
import { AppError } from '../errors';
import type { Library } from '../libraries/contract';
import type { Api } from './api';

const POLL_MS = 300;

/** Scans a library and waits for the end. Throws the scan's own failure. */
export async function scanNow(api: Api, id: number, paths?: string[]): Promise<Library> {
  const { stats } = await api.libraries.scan({ id, paths });
  for (const jobId of stats.job_ids) {
    for (;;) {
      const job = await api.queue.get({ job_id: jobId });
      if (job.status === 'error') throw new AppError('conflict', job.error_message ?? 'The scan failed.');
      if (job.status === 'done') break;
      await setTimeout(POLL_MS);
    }
  }
  for (;;) {
    const library = (await api.libraries.list({})).find((each) => each.id === id);
    if (!library) throw new AppError('not_found', `There is no library ${id}.`);
    if (library.state !== 'scanning') return library;
    await setTimeout(POLL_MS);
  }
}
