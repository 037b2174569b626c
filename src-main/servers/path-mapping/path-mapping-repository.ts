import type { Database } from '../../platform/database';
import { AppError } from '../../rpc';
import type { PathMapping } from './contract';

interface Row {
  id: number;
  connection_id: number;
  remote_prefix: string;
  local_prefix: string;
  remote_style: PathMapping['remoteStyle'];
  priority: number;
  source: PathMapping['source'];
  samples_ok: number;
  samples_failed: number;
  verified_at: string | null;
}

/** The SQL of path mappings. */
export function createPathMappingRepository(db: Database) {
  const byConnection = db.prepare<[number], Row>(
    'SELECT * FROM path_mapping WHERE connection_id = ? ORDER BY remote_prefix, priority DESC, id',
  );
  const byId = db.prepare<[number], Row>('SELECT * FROM path_mapping WHERE id = ?');
  const insert = db.prepare(`
    INSERT INTO path_mapping (connection_id, remote_prefix, local_prefix, remote_style, priority, source, samples_ok,
      samples_failed, verified_at)
    VALUES (@connectionId, @remotePrefix, @localPrefix, @remoteStyle, @priority, @source, @samplesOk, @samplesFailed,
      @verifiedAt)`);
  const update = db.prepare(`
    UPDATE path_mapping SET remote_prefix = @remotePrefix, local_prefix = @localPrefix, remote_style = @remoteStyle,
      priority = @priority, source = @source, samples_ok = @samplesOk, samples_failed = @samplesFailed,
      verified_at = @verifiedAt
    WHERE id = @id`);
  const remove = db.prepare('DELETE FROM path_mapping WHERE id = ?');

  return {
    listOf: (connectionId: number): PathMapping[] => byConnection.all(connectionId).map(toMapping),
    find(id: number): PathMapping | undefined {
      const row = byId.get(id);
      return row && toMapping(row);
    },
    /** Throws `not_found` for a connection that is not there. */
    add(mapping: Omit<PathMapping, 'id'>): number {
      try {
        return Number(insert.run(mapping).lastInsertRowid);
      } catch (cause) {
        if ((cause as { code?: unknown }).code !== 'SQLITE_CONSTRAINT_FOREIGNKEY') throw cause;
        throw new AppError('not_found', `There is no connection ${mapping.connectionId}.`, { cause });
      }
    },
    update: (mapping: PathMapping): void => void update.run(mapping),
    remove: (id: number): boolean => remove.run(id).changes > 0,
  };
}

function toMapping(row: Row): PathMapping {
  return {
    id: row.id,
    connectionId: row.connection_id,
    remotePrefix: row.remote_prefix,
    localPrefix: row.local_prefix,
    remoteStyle: row.remote_style,
    priority: row.priority,
    source: row.source,
    samplesOk: row.samples_ok,
    samplesFailed: row.samples_failed,
    verifiedAt: row.verified_at,
  };
}
