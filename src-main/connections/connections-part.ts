import { type AlarmClock, systemClock, wallClock } from '../clock';
import type { Database } from '../database';
import type { EventBus } from '../events';
import { answerConnections, createConnections } from './connections';
import { CONNECTION_KINDS } from './kinds';
import { createNavidromePart, type NavidromeDeps, timeWarnings } from './navidrome/navidrome-part';
import { createSeal } from './seal';

export interface ConnectionsPartDeps extends Pick<NavidromeDeps, 'places' | 'localOf' | 'trackOf' | 'namespace' | 'report'> {
  readonly db: Database;
  readonly events: EventBus;
  /** The file of the key that passwords are sealed with. */
  readonly secretKey: string;
  readonly alarms?: AlarmClock;
}

/** The connections and all that is done with them, made from what the rest of the application gives. */
export function createConnectionsPart({ db, events, secretKey, alarms = wallClock, ...rest }: ConnectionsPartDeps) {
  const connections = createConnections({
    ...{ db, events, clock: systemClock, seal: createSeal(secretKey), kinds: CONNECTION_KINDS },
    warningsOf: ({ kind }) => (kind === 'navidrome' ? timeWarnings(rest.places.libraries()) : []),
  });
  const navidrome = createNavidromePart({ ...rest, events, clock: systemClock, alarms, connections });
  return {
    connections,
    navidromes: navidrome.navidromes,
    answers: { connections: answerConnections(connections, CONNECTION_KINDS), navidrome: navidrome.answers },
    /** Lets go of kept connections; what waits to be rescanned is forgotten. */
    stop: () => navidrome.stop(),
  };
}
export type ConnectionsPart = ReturnType<typeof createConnectionsPart>;
