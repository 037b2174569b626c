import type { HandlersOf } from '../../src-main/rpc/routes';
import type { lidarrContract } from '../../src-main/servers/arr/lidarr/contract';
import type { pathMappingsContract } from '../../src-main/servers/path-mapping/contract';
import type { InboundEvent, inboundContract } from '../../src-main/servers/webhooks-in/contract';

const AT = '2026-11-20T18:30:00.000Z';
const WEBHOOK = 'http://127.0.0.1:8356/api/v1/webhooks/inbound/lidarr/3';

const anEvent = (id: number, given: Partial<InboundEvent>): InboundEvent => ({
  ...{ id, connectionId: 3, receivedAt: AT, via: 'webhook', eventType: 'Download', status: 'done' },
  ...{ message: '12 files to analyze.', processedAt: AT, ...given },
});

/** A Lidarr that has told a few things, some of which need a person. */
export function stubLidarr() {
  const lidarr: Partial<HandlersOf<typeof lidarrContract>> = {
    state: () => ({
      urls: [
        { url: WEBHOOK, from: 'this_machine', isReachable: true, isRecommended: true },
        {
          url: WEBHOOK.replace('127.0.0.1', 'host.docker.internal'),
          ...{ from: 'container', isReachable: false, isRecommended: false },
        },
      ],
      ...{ installedUrl: WEBHOOK, instanceName: 'Lidarr', verifiedAt: AT, caughtUpAt: AT },
      problems: [
        { kind: 'health', level: 'warning', message: 'Lidarr writes tags itself; the two undo one another’s work.' },
      ],
      incoming: [
        { downloadId: 'a', title: 'Ottoline – Tides (2019) [FLAC]', grabbedAt: AT, failure: null },
        { downloadId: 'b', title: 'Río Seco – Salt', grabbedAt: AT, failure: 'The download has no files.' },
      ],
    }),
    proposals: () => ({
      items: [
        {
          remotePrefix: '/data/media/music',
          localPrefix: '/home/anna/Music',
          samplesOk: 12,
          samplesFailed: 0,
          isSure: true,
        },
      ],
      ...{ rootFolders: ['/data/media/music'], compared: 40 },
    }),
    script: () => ({ name: 'tonearm-lidarr.sh', text: `#!/bin/sh\nurl='${WEBHOOK}?format=env'\nenv | curl "$url"\n` }),
  };
  const inbound: Partial<HandlersOf<typeof inboundContract>> = {
    list: () => ({
      items: [
        anEvent(5, {}),
        anEvent(4, { status: 'unmapped', message: 'Nothing says where /data/media/new/Tides lies here.' }),
        anEvent(3, { eventType: 'Rename', via: 'history', message: null }),
        anEvent(2, { eventType: 'TrackRetag', status: 'failed', message: 'The file could not be read.' }),
        anEvent(1, { eventType: 'Test', status: 'ignored', message: null }),
      ],
      unmapped: [{ prefix: '/data/media/new', events: 3 }],
    }),
  };
  const pathMappings: Partial<HandlersOf<typeof pathMappingsContract>> = {
    list: () => [
      {
        ...{ id: 1, connectionId: 3, remotePrefix: '/music', localPrefix: '/home/anna/Music', remoteStyle: 'posix' },
        ...{ priority: 0, source: 'manual', samplesOk: 12, samplesFailed: 0, verifiedAt: AT },
      },
    ],
  };
  return { lidarr, inbound, pathMappings };
}
