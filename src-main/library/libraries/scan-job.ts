import type { JobKind, JobSource } from '../../jobs/queue';

/** Of jobs that a scan asks for: nobody waits for them. */
export const SCAN_SOURCE: JobSource = { name: 'scan', priority: 0 };

type Scan = (libraryId: number) => Promise<{ readonly ended: Promise<unknown> }>;

/** Scans a library as a job of the queue. */
export const scanJobKind = (scan: Scan): JobKind => ({
  kind: 'scan',
  label: 'Scan of a library',
  concurrency: () => 1,
  weight: 0,
  priority: 40,
  async run({ libraryId }) {
    const { ended } = await scan(libraryId!);
    await ended;
    return { outcome: 'scanned' };
  },
  progressWords: {},
  outcomeWords: { scanned: 'scanned' },
});
