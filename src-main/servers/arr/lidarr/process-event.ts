import { createHash } from 'node:crypto';
import { AppError } from '../../../rpc';
import type { EventEnd, StoredEvent } from '../../webhooks-in';
import { renamed, retagged } from './changed-files';
import { albumDeleted, artistDeleted, fileDeleted } from './deleted';
import type { EffectDeps, EventOrigin } from './event-handlers';
import { createImported } from './imported';
import type { LidarrEvent } from './lidarr-event';
import { readScript, readVariables } from './script-payload';
import { readWebhook } from './webhook-payload';

export interface ProcessDeps extends EffectDeps {
  readonly originOf: (connectionId: number) => EventOrigin;
  /** Asks a Lidarr anew who it is. */
  readonly retest: (connectionId: number) => Promise<unknown>;
}

/** Does what an event of Lidarr asks for; the answer tells what that was. */
export function createProcessEvent(deps: ProcessDeps) {
  const { store, clock } = deps;
  const imported = createImported(deps);

  async function read(event: StoredEvent): Promise<LidarrEvent | undefined> {
    const json: unknown = JSON.parse(event.raw);
    if (event.via !== 'script') return readHistoryOrWebhook(json);
    const isThere = async (path: string) => {
      const found = await deps.mappings.find(event.connectionId, path).catch(() => undefined);
      return found?.kind === 'mapped' && found.exists;
    };
    const variables = readVariables(json);
    return variables && readScript(variables, isThere);
  }

  function effect(origin: EventOrigin, event: LidarrEvent, stage: number): EventEnd | Promise<EventEnd> {
    const { connectionId } = origin;
    const at = new Date(clock.now()).toISOString();
    switch (event.type) {
      case 'test':
        return done('The connection works in both directions.');
      case 'grabbed':
        store.addIncoming(connectionId, event, at);
        return done(`${event.title} is on its way.`);
      case 'imported':
        return imported(origin, event);
      case 'retagged':
        return retagged(deps, origin, event, stage);
      case 'renamed':
        return renamed(deps, origin, event);
      case 'file-deleted':
        return fileDeleted(deps, origin, event);
      case 'album-deleted':
        return albumDeleted(deps, origin, event, stage);
      case 'artist-deleted':
        return artistDeleted(deps, origin, event, stage);
      case 'failed':
        if (event.downloadId) store.failIncoming(connectionId, event.downloadId, event.message);
        return done(event.message);
      case 'health':
        return health(connectionId, event);
      case 'updated':
        return deps.retest(connectionId).then(() => done(event.message));
      case 'other':
        return { status: 'ignored', message: `Nothing is done about ${event.name}.` };
    }
  }

  function health(
    connectionId: number,
    { kind, level, message, isOver }: Extract<LidarrEvent, { type: 'health' }>,
  ): EventEnd {
    const others = store.link(connectionId).problems.filter((problem) => problem.kind !== kind);
    store.setLink(connectionId, { problems: isOver ? others : [...others, { kind, level, message }] });
    return done(isOver ? `Over: ${message}` : message);
  }

  return async function processEvent(stored: StoredEvent): Promise<EventEnd> {
    const event = await read(stored);
    if (!event) throw new AppError('invalid_input', 'This is no event of Lidarr.');
    if (stored.via !== 'history') noteAnalyzed(stored, event);
    return effect(deps.originOf(stored.connectionId), event, stored.stage);
  };

  function noteAnalyzed({ connectionId, receivedAt }: StoredEvent, event: LidarrEvent): void {
    const { verifiedAt } = store.link(connectionId);
    const isRecent = verifiedAt !== null && Date.parse(receivedAt) - Date.parse(verifiedAt) < 60_000;
    if (event.type === 'test')
      store.setLink(connectionId, { verifiedAt: receivedAt, instanceName: event.instanceName });
    else if (!isRecent) store.setLink(connectionId, { verifiedAt: receivedAt });
  }
}

const done = (message: string): EventEnd => ({ status: 'done', message });

/** Its history tells of single deletions, for which there is no webhook; we keep them under a name of our own. */
function readHistoryOrWebhook(json: unknown): LidarrEvent | undefined {
  const { eventType, path, reason } = json as { eventType?: unknown; path?: unknown; reason?: unknown };
  if (eventType === 'TrackFileDelete' && typeof path === 'string') {
    return { type: 'file-deleted', path, reason: typeof reason === 'string' ? reason : '' };
  }
  return readWebhook(json);
}

/** By what a repetition of an event is known; null for those of which each counts. */
export function digestOf(connectionId: number, event: LidarrEvent): string | null {
  const parts = partsOf(event);
  if (!parts) return null;
  return createHash('sha256')
    .update(JSON.stringify([connectionId, event.type, parts]))
    .digest('hex');
}

function partsOf(event: LidarrEvent): unknown {
  const file = ({ id, path, sizeBytes }: { id: number; path: string; sizeBytes: number | null }) =>
    `${id}|${path},${sizeBytes}`;
  switch (event.type) {
    case 'imported':
      return [event.files.map(file).sort(), event.deleted.map(file).sort(), event.downloadId];
    case 'retagged':
      return file(event.file);
    case 'renamed':
      return event.files.map(({ id, from, to }) => `${id}|${from}>${to}`).sort();
    case 'grabbed':
      return event.downloadId;
    case 'album-deleted':
      return [event.album.id, event.album.mbid, event.hasDeletedFiles];
    case 'artist-deleted':
      return [event.artist.id, event.artist.path, event.hasDeletedFiles];
    default:
      return null;
  }
}
