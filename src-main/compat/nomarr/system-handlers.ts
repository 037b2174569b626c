import type { HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import { createConfig } from './config';
import type { NomarrDeps } from './deps';
import type { systemProcedures } from './system-contract';

/** The answer has to be on its way before the server closes. */
const RESTART_AFTER_MS = 300;
const WINDOW_MS = 5 * 60_000;

export function nomarrSystemHandlers(deps: NomarrDeps): HandlersOf<typeof systemProcedures> {
  const { queue, libraries, models, restart } = deps;
  const config = createConfig(deps);

  return {
    config: () => config.read(),
    async setConfig({ key, value }, caller) {
      await config.write(key, value, caller);
      return { success: true, status: 'success', message: 'Configuration updated successfully' };
    },
    refreshCache() {
      models.refresh();
      return { status: 'ok', predictors: models.current().backbones.reduce((sum, { heads }) => sum + heads.length, 0) };
    },
    restart() {
      if (!restart) throw new AppError('conflict', 'This Tonearm belongs to a command and ends with it.');
      setTimeout(restart, RESTART_AFTER_MS);
      return {
        status: 'success',
        message: 'API server is restarting... Please refresh the page in a few seconds.',
      };
    },
    workStatus() {
      const { pending, running, completed, errors, eta } = queue.status();
      const scanning = libraries.list().filter(({ id }) => libraries.isScanning(id));
      const processed = completed + errors;
      return {
        is_scanning: scanning.length > 0,
        scanning_libraries: scanning.map(({ id, name }) => ({ id, name })),
        is_processing: running > 0,
        pending_files: pending + running,
        processed_files: processed,
        total_files: pending + running + processed,
        files_per_minute: (queue.views.countEndedSince(new Date(Date.now() - WINDOW_MS)) * 60_000) / WINDOW_MS,
        eta_minutes: eta === null ? null : eta / 60,
        is_busy: running > 0 || scanning.length > 0,
      };
    },
  };
}
