import { AppError } from '../../../../rpc';
import type { EventEnd, StoredEvent } from '../../../webhooks-in';
import { type LidarrEvent, type PostedReading, readScript } from '../payloads';
import { renamed, retagged } from './changed-files';
import { albumDeleted, artistDeleted, fileDeleted } from './deleted';
import type { EventDeps, EventOrigin } from './event-context';
import { createImported } from './imported';

export interface ProcessDeps extends EventDeps {
  readonly originOf: (connectionId: number) => EventOrigin;
  readonly reading: PostedReading;
  /** Tests the connection again. */
  readonly retest: (connectionId: number) => Promise<unknown>;
}

/** Lidarr has a dozen checks; whoever else posts may name as many as they like. */
const MAX_PROBLEMS = 50;
const MAX_CHARS = 500;
const brief = (text: string): string => text.slice(0, MAX_CHARS);

/** Does what an event of Lidarr asks for; the result says what that was. A stop ends it between two files. */
export function createProcessEvent(all: ProcessDeps) {
  return (stored: StoredEvent, signal?: AbortSignal): Promise<EventEnd> => {
    const find: ProcessDeps['mappings']['find'] = (...place) => {
      if (signal?.aborted) throw new AppError('cancelled', 'Tonearm is closing.');
      return all.mappings.find(...place);
    };
    return processWith({ ...all, mappings: { find } }, stored);
  };
}

function processWith(deps: ProcessDeps, stored: StoredEvent): Promise<EventEnd> {
  const { store, clock } = deps;

  async function read({ connectionId, via, raw }: StoredEvent): Promise<LidarrEvent | null> {
    const read = await deps.reading.readStored({ via, raw });
    if ('event' in read) return read.event;
    return readScript(read.variables, async (path) => {
      const found = await deps.mappings.find(connectionId, path).catch((thrown) => {
        if ((thrown as AppError).code === 'cancelled') throw thrown;
        return undefined;
      });
      return found?.kind === 'mapped' && found.exists;
    });
  }

  function handle(origin: EventOrigin, event: LidarrEvent, stage: number): EventEnd | Promise<EventEnd> {
    const { connectionId } = origin;
    const at = new Date(clock.now()).toISOString();
    switch (event.type) {
      case 'test':
        return done('The connection works in both directions.');
      case 'grabbed':
        store.addIncoming(connectionId, event, at);
        return done(`${brief(event.title)} is on its way.`);
      case 'imported':
        return createImported(deps)(origin, event);
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
        return done(brief(event.message));
      case 'health':
        return health(connectionId, event);
      case 'updated':
        return deps.retest(connectionId).then(() => done(brief(event.message)));
      case 'other':
        return { status: 'ignored', message: `Nothing is done about ${brief(event.name)}.` };
    }
  }

  function health(
    connectionId: number,
    { kind, level, message, isOver }: Extract<LidarrEvent, { type: 'health' }>,
  ): EventEnd {
    const others = store.link(connectionId).problems.filter((problem) => problem.kind !== brief(kind));
    const problem = { kind: brief(kind), level: brief(level), message: brief(message) };
    store.setLink(connectionId, { problems: isOver ? others : [...others, problem].slice(-MAX_PROBLEMS) });
    return done(brief(isOver ? `Over: ${message}` : message));
  }

  async function processEvent(): Promise<EventEnd> {
    const event = await read(stored);
    if (!event) throw new AppError('invalid_input', 'This is no event of Lidarr.');
    if (stored.via !== 'history') noteReceived(stored, event);
    return handle(deps.originOf(stored.connectionId), event, stored.stage);
  }

  function noteReceived({ connectionId, receivedAt }: StoredEvent, event: LidarrEvent): void {
    const { verifiedAt } = store.link(connectionId);
    const isRecent = verifiedAt !== null && Date.parse(receivedAt) - Date.parse(verifiedAt) < 60_000;
    if (event.type === 'test')
      store.setLink(connectionId, {
        verifiedAt: receivedAt,
        instanceName: event.instanceName && brief(event.instanceName),
      });
    else if (!isRecent) store.setLink(connectionId, { verifiedAt: receivedAt });
  }

  return processEvent();
}

const done = (message: string): EventEnd => ({ status: 'done', message });
