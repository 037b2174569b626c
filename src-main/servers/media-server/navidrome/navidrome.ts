import { createHash } from 'node:crypto';
import type { AlarmClock } from '../../../platform/clock';
import { AppError } from '../../../rpc';
import type { Connections, OpenConnection } from '../../connections';
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

/** Keeps one client for each Navidrome, because logins are limited: five in twenty seconds. */
export function createNavidromes(connections: Connections, clock?: AlarmClock) {
  const kept = new Map<number, { mark: string; navidrome: Navidrome }>();

  function clientFor(connection: OpenConnection): Navidrome {
    const mark = markOf(connection);
    const known = kept.get(connection.id);
    if (known?.mark === mark) return { ...known.navidrome, connection };
    known?.navidrome.close();
    const navidrome = openNavidrome(connection, clock);
    kept.set(connection.id, { mark, navidrome });
    return navidrome;
  }

  return {
    /** Talks to one Navidrome; its state tells how that went. Throws `invalid_input` when it is another product. */
    use<T>(id: number, work: (navidrome: Navidrome) => Promise<T>): Promise<T> {
      const { kind, name } = connections.get(id);
      if (kind !== 'navidrome') throw new AppError('invalid_input', `"${name}" is not a Navidrome.`);
      return connections.use(id, (connection) => work(clientFor(connection)));
    },
    close(): void {
      for (const { navidrome } of kept.values()) navidrome.close();
      kept.clear();
    },
  };
}
export type Navidromes = ReturnType<typeof createNavidromes>;

const markOf = ({ url, username, secret, skipTlsVerify }: OpenConnection): string =>
  createHash('sha256')
    .update(JSON.stringify([url, username, secret, skipTlsVerify]))
    .digest('hex');
