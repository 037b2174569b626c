import type { Libraries } from '../../library/libraries';
import type { HandlersOf } from '../../rpc';
import type { libraryProcedures } from './library-contract';

const done = (message: string) => ({ status: 'success' as const, message });

export function nomarrLibraryHandlers({ libraries }: { libraries: Libraries }): HandlersOf<typeof libraryProcedures> {
  const scanning = () => libraries.list().filter(({ id }) => libraries.isScanning(id));

  return {
    async scanStart({ library, clean_missing: markMissing, ...choices }) {
      const { id, name } = library === undefined ? libraries.getDefault() : libraries.get(library);
      await libraries.scan(id, { ...choices, markMissing });
      return { ...done(`The scan of "${name}" has begun.`), library_id: id };
    },
    async scanCancel() {
      const running = scanning();
      await Promise.all(running.map(({ id }) => libraries.cancelScan(id)));
      const count = running.length;
      return { ...done(count === 0 ? 'No scan was running.' : `${count} cancelled.`), cancelled: count };
    },
    scanStatus() {
      const running = scanning();
      return {
        is_scanning: running.length > 0,
        paused: libraries.hasPausedScans(),
        scanning_libraries: running.map(({ id, name }) => ({ id, name })),
        libraries: libraries.list().map(({ id, name, state, stateMessage, lastScanAt, trackCount }) => ({
          id,
          name,
          state,
          message: stateMessage,
          last_scan_at: lastScanAt,
          total_files: trackCount,
        })),
      };
    },
    scanHistory({ limit }) {
      const scans = libraries.listScans(limit).map((run) => ({
        id: run.id,
        library_id: run.libraryId,
        status: run.outcome,
        started_at: run.startedAt,
        finished_at: run.endedAt,
        files_scanned: run.found,
        files_queued: run.queued,
        files_removed: run.outcome === 'done' ? run.missing : 0,
        error_message: run.outcome === 'done' ? null : run.message,
      }));
      return { count: scans.length, scans };
    },
    scanPause() {
      libraries.pauseScans();
      return done('Scans wait where they are.');
    },
    scanResume() {
      libraries.resumeScans();
      return done('Scans go on.');
    },
    async clearLibrary({ library }) {
      const wanted = library === undefined ? libraries.list() : [libraries.get(library)];
      let removed = 0;
      for (const { id } of wanted) removed += await libraries.clear(id);
      return {
        ...done(`${removed} ${removed === 1 ? 'track' : 'tracks'} forgotten; the files are as they were.`),
        removed,
      };
    },
  };
}
