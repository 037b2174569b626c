import { CONNECTION_KINDS } from '../../src-main/app/connection-kinds';
import type { EventBus } from '../../src-main/platform/events';
import { AppError } from '../../src-main/rpc/errors';
import type { HandlersOf } from '../../src-main/rpc/routes';
import type { Connection, connectionsContract } from '../../src-main/servers/connections';
import type { ConnectionsEvents } from '../../src-main/servers/connections/contract';
import type { navidromeContract } from '../../src-main/servers/media-server/navidrome/contract';
import type { Publication, publishingContract } from '../../src-main/servers/publishing/contract';
import { stubLidarr } from './window-lidarr';

const AT = '2026-11-20T18:30:00.000Z';

const aConnection = (given: Partial<Connection> = {}): Connection => ({
  ...{ id: 1, kind: 'navidrome', name: 'Living room', url: 'http://music.lan:4533', username: 'ada', hasSecret: true },
  ...{ options: { rescanAfterTagging: true, skipTlsVerify: false }, isEnabled: true, state: 'ok', stateMessage: null },
  ...{ warnings: [], version: '0.61.0', checkedAt: AT, createdAt: AT, updatedAt: AT, ...given },
});

/** Connections that are kept but lead nowhere: two that answer and one that does not. */
export function stubConnections(events: EventBus<ConnectionsEvents>) {
  const items = [
    aConnection(),
    aConnection({
      ...{ id: 2, name: 'Attic', url: 'https://attic.lan', state: 'failing', version: null },
      stateMessage: 'Navidrome is not reachable at https://attic.lan: there is no host of this name.',
    }),
    aConnection({
      id: 3,
      kind: 'lidarr',
      name: 'Lidarr',
      url: 'http://music.lan:8686',
      username: '',
      version: '3.1.0',
    }),
  ];
  const find = (id: number) => items.find((item) => item.id === id)!;
  const changed = (ids: number[]) => events.emit('connections.changed', { ids });

  const connections: Partial<HandlersOf<typeof connectionsContract>> = {
    kinds: () => Object.values(CONNECTION_KINDS).map((kind) => ({ ...kind, fields: [...kind.fields] })),
    list: () => items,
    add({ secret, ...given }) {
      const id = items.length + 1;
      items.push(
        aConnection({ name: 'Navidrome', version: null, ...given, id, hasSecret: !!secret, state: 'unchecked' }),
      );
      changed([id]);
      return find(id);
    },
    update({ id, secret: _secret, ...given }) {
      Object.assign(find(id), given);
      changed([id]);
      return find(id);
    },
    remove({ id }) {
      items.splice(items.indexOf(find(id)), 1);
      changed([id]);
      return { removed: true };
    },
    test({ id }) {
      Object.assign(find(id), { state: 'ok', stateMessage: null, version: '0.61.0' });
      changed([id]);
      return find(id);
    },
  };
  const navidrome: Partial<HandlersOf<typeof navidromeContract>> = {
    inspect: () => ({
      songId: 'a',
      tags: [
        { key: 'happy', values: ['0.9'], field: 'nom_happy', stage: 'visible' },
        { key: 'bpm', values: ['120'], field: null, stage: 'not_configured' },
      ],
      findings: ['Its configuration does not name nom:bpm. Copy the configuration anew.'],
    }),
    details: () => ({
      ...{ version: '0.61.0', isAdmin: true },
      libraries: [
        { id: '1', name: 'Music Library', path: '/music', ours: [{ id: 1, name: 'Music' }] },
        { id: '2', name: 'Audiobooks', path: '/books', ours: [] },
      ],
      rescan: { state: 'done', at: AT, folders: 12, message: null },
      warnings: [
        'The library "Music" keeps the times of its files, so Navidrome’s own scans do not notice new tags. Switch off "keep the time of files" in that library, or leave the rescan to Tonearm.',
      ],
    }),
  };
  const publication = {
    connectionId: 1,
    how: 'smart',
    remoteId: 'a',
    path: null,
    publishedAt: AT,
    checkedAt: AT,
  } as const;
  const publications: Publication[] = [
    { ...publication, playlistId: 1, name: 'Happy and danceable', state: 'published', message: null },
    {
      ...{ ...publication, playlistId: 2, name: 'Late evening', state: 'changed_there' },
      message: 'Someone changed it there since. Publish it again to replace that, or leave it.',
    },
  ];
  const publishing: Partial<HandlersOf<typeof publishingContract>> = {
    ofConnection: ({ id }) => publications.filter(({ connectionId }) => connectionId === id),
    ofPlaylist: ({ id }) => publications.filter(({ playlistId }) => playlistId === id),
    publish({ id, connectionId, how, overwrite }) {
      const known = publications.find((each) => each.playlistId === id && each.connectionId === connectionId);
      if (known?.state === 'changed_there' && !overwrite)
        throw new AppError('conflict', 'It was changed there.', { details: [{ reason: 'changed_there' }] });
      const put = { ...publication, playlistId: id, connectionId, how, name: 'Bright', message: null } as const;
      if (known) publications.splice(publications.indexOf(known), 1);
      publications.push({ ...put, state: 'published' });
      changed([connectionId]);
      return { ...put, state: 'published' };
    },
    unpublish({ id, connectionId }) {
      publications.splice(
        publications.findIndex((each) => each.playlistId === id && each.connectionId === connectionId),
        1,
      );
      changed([connectionId]);
      return { removed: true };
    },
  };
  return { connections, navidrome, publishing, ...stubLidarr() };
}
