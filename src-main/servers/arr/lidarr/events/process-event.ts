import { AppError } from '../../../../rpc';
import type { EventEnd, StoredEvent } from '../../../webhooks-in';
import { type LidarrEvent, readHistory, readScript, readVariables } from '../payloads';
import { renamed, retagged } from './changed-files';
import { albumDeleted, artistDeleted, fileDeleted } from './deleted';
import type { EventDeps, EventOrigin } from './event-context';
import { createImported } from './imported';

export interface ProcessDeps extends EventDeps {
  readonly originOf: (connectionId: number) => EventOrigin;
  /** Tests the connection again. */
  readonly retest: (connectionId: number) => Promise<unknown>;
}

/** Does what an event of Lidarr asks for; the result says what that was. */
export function createProcessEvent(deps: ProcessDeps) {
  const { store, clock } = deps;
  const imported = createImported(deps);

  async function read(event: StoredEvent): Promise<LidarrEvent | undefined> {
    const json: unknown = JSON.parse(event.raw);
    if (event.via !== 'script') return readHistory(json);
    const isThere = async (path: string) => {
      const found = await deps.mappings.find(event.connectionId, path).catch(() => undefined);
      return found?.kind === 'mapped' && found.exists;
    };
    const variables = readVariables(json);
    return variables && readScript(variables, isThere);
  }

  function handle(origin: EventOrigin, event: LidarrEvent, stage: number): EventEnd | Promise<EventEnd> {
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
    if (stored.via !== 'history') noteReceived(stored, event);
    return handle(deps.originOf(stored.connectionId), event, stored.stage);
  };

  function noteReceived({ connectionId, receivedAt }: StoredEvent, event: LidarrEvent): void {
    const { verifiedAt } = store.link(connectionId);
    const isRecent = verifiedAt !== null && Date.parse(receivedAt) - Date.parse(verifiedAt) < 60_000;
    if (event.type === 'test')
      store.setLink(connectionId, { verifiedAt: receivedAt, instanceName: event.instanceName });
    else if (!isRecent) store.setLink(connectionId, { verifiedAt: receivedAt });
  }
}

const done = (message: string): EventEnd => ({ status: 'done', message });
