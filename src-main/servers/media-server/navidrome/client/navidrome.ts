import type { AlarmClock } from '../../../../platform/clock';
import { type Connections, createKeptClients, type OpenConnection } from '../../../connections';
import { createNative, type Native } from './native';
import { createNativeCall } from './native-call';
import { createSubsonic, type Subsonic } from './subsonic';
import { createSubsonicCall } from './subsonic-call';

/** Both ways to talk to one Navidrome. */
export interface Navidrome {
  readonly connection: OpenConnection;
  readonly subsonic: Subsonic;
  readonly native: Native;
  close(): void;
}

export function openNavidrome(connection: OpenConnection, clock?: AlarmClock): Navidrome {
  const subsonic = createSubsonic(createSubsonicCall(connection, clock));
  const native = createNative(createNativeCall(connection, clock));
  return {
    connection,
    subsonic,
    native,
    close() {
      subsonic.close();
      native.close();
    },
  };
}

export const NAVIDROME = { kind: 'navidrome', title: 'Navidrome' } as const;

/** The Navidromes that are connected, one client for each, because logins are limited: five in twenty seconds. */
export function createNavidromes(connections: Pick<Connections, 'get' | 'use'>, clock?: AlarmClock) {
  const open = (connection: OpenConnection) => openNavidrome(connection, clock);
  const clients = createKeptClients({ connections, ...NAVIDROME, open });
  return {
    /** Talks to one Navidrome; its state shows how that went. Throws `invalid_input` when it is another product. */
    use: <T>(id: number, work: (navidrome: Navidrome) => Promise<T>): Promise<T> =>
      clients.use(id, (client, connection) => work({ ...client, connection })),
    close: clients.close,
  };
}
export type Navidromes = ReturnType<typeof createNavidromes>;
