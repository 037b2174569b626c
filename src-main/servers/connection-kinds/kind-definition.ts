import type { SafeFiles } from '../../files/safe-files';
import type { Queue } from '../../jobs/queue';
import type { FileChanges } from '../../library/libraries';
import type { WriteResult } from '../../library/tagging';
import type { StoredTrack, TrackRepository } from '../../library/tracks';
import type { Auth } from '../../platform/auth';
import type { AlarmClock } from '../../platform/clock';
import type { Database } from '../../platform/database';
import type { Health } from '../../platform/health';
import type { ScheduledTask } from '../../platform/scheduler';
import type { SecretBox } from '../../platform/sealing';
import type { ConnectionKind, Connections, LocalMusic, LocalPath } from '../connections';
import type { Rescans, RescansDeps } from '../media-server/rescans';
import type { LocalFile, PathMappings } from '../path-mapping';
import type { PlaylistSource } from '../publishing';
import type { WebhooksIn, WebhooksInDeps } from '../webhooks-in';
import type { Capabilities } from './capabilities';

/** What the application gives to every kind of connection. */
export interface KindServices {
  readonly db: Database;
  readonly events: WebhooksInDeps['events'] & RescansDeps['events'];
  readonly health: Pick<Health, 'report'>;
  readonly alarms: AlarmClock;
  readonly report: (thrown: unknown) => void;

  readonly connections: Connections;
  readonly secretBox: SecretBox;
  readonly mappings: Pick<PathMappings, 'find'>;
  readonly webhooksIn: Pick<WebhooksIn, 'store' | 'catchUp'>;
  readonly lastRescan: Rescans['lastOf'];
  /** The keys of our own API, for servers that call us, and where they would call. */
  readonly keys: Pick<Auth['keys'], 'create' | 'has'>;
  /** Has a reader of a kind's, by the name it is registered under, read what a server sent, in a process of its own. */
  readonly readContained: <O>(reader: string, input: object) => Promise<O>;
  readonly listener: () => { readonly port: number; readonly isLan: boolean };

  readonly music: LocalMusic;
  readonly tracks: Pick<TrackRepository, 'get' | 'find' | 'findByPath' | 'listIdsInside'>;
  readonly files: FileChanges;
  readonly filesOfSizes: (sizes: readonly number[]) => Promise<readonly LocalFile[]>;
  /** The library and the path inside it of an absolute path; undefined outside all libraries. */
  readonly localOf: (path: string) => Promise<LocalPath | undefined>;
  readonly playlists: PlaylistSource;
  readonly queue: Pick<Queue, 'enqueue' | 'raiseNotBefore' | 'cancelInside'>;

  /** What our tags begin with. */
  readonly namespace: () => string;
  /** Our tags in a file: key without the namespace → values. */
  readonly readOurTags: (path: string) => Promise<Record<string, string[]>>;
  /** A track with our tags as its file has them now. */
  readonly trackOf: (trackId: number) => Promise<LocalPath & { readonly tags: Record<string, string[]> }>;
  readonly writer: Pick<SafeFiles, 'list'>;
  /** Every file that is written goes through these. */
  readonly safeFiles: Pick<SafeFiles, 'write' | 'remove'>;
  /** Writes the tags of a track from its stored analysis. */
  readonly rewrite: (track: StoredTrack) => Promise<WriteResult>;
}

/** A kind at work: what can be done with its servers. `handlers` serve the procedures that it alone has. */
export interface KindPart<H = unknown> {
  readonly capabilities: Capabilities;
  readonly handlers?: H;
  /** What is done for its servers by the clock. */
  readonly tasks?: readonly ScheduledTask[];
  start?(): void;
  /** Ends what is running and closes connections. */
  stop?(): void | Promise<void>;
}

/** A kind as its folder defines it. Without `create` its servers can only be added and tested. */
export interface ConnectionKindDefinition<P extends KindPart = KindPart> extends ConnectionKind {
  create?(services: KindServices): P;
}

/** Keeps the type of a kind's handlers. */
export const defineKind = <P extends KindPart>(kind: ConnectionKindDefinition<P>): ConnectionKindDefinition<P> => kind;
