import type { ModelStore } from '../../analysis/inference';
import type { Queue, queueContract } from '../../jobs/queue';
import type { Libraries } from '../../library/libraries';
import type { Auth } from '../../platform/auth';
import type { AppPaths } from '../../platform/paths';
import type { SettingDefinitions, SettingsStore } from '../../platform/settings';
import type { HandlersOf } from '../../rpc';

/** A setting's value as scripts read and write it. */
export type SettingValue = string | number | boolean;

/** The queue's own answers, which these only put into another shape. */
export type AskQueue = Pick<HandlersOf<typeof queueContract>, 'list' | 'tag' | 'reset'>;

export interface NomarrDeps {
  readonly queue: Queue;
  readonly askQueue: AskQueue;
  readonly libraries: Libraries;
  readonly models: Pick<ModelStore, 'current' | 'refresh'>;
  readonly settings: SettingsStore<Record<string, SettingValue>>;
  /** What each of them takes. */
  readonly settingDefinitions: SettingDefinitions;
  readonly auth: Pick<Auth, 'passwords' | 'changePassword'>;
  readonly paths: Pick<AppPaths, 'models' | 'database'>;
  /** The port of the HTTP server, 0 while it is closed. */
  readonly port: () => number;
  /** Ends this process and starts it again; undefined where nobody would start it. */
  readonly restart?: () => void;
}
