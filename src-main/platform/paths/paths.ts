import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '../../rpc';
import { givenPath } from './given-path';

/** Where everything lies, all absolute. */
export interface AppPaths {
  /** The folder of everything that Tonearm keeps about a library. */
  readonly data: string;
  readonly database: string;
  /** Models that were installed or imported; ours to write. */
  readonly models: string;
  /** Folders with models that are only read. */
  readonly extraModels: readonly string[];
  readonly logs: string;
  /** The built page. */
  readonly ui: string;
  /** The script that an inference worker runs. */
  readonly workerEntry: string;
  /** The script of the process that reads what others have written into files. */
  readonly fileReaderEntry: string;
  /** The script of the thread that answers long questions. */
  readonly readerEntry: string;
  /** The script of the thread that copies and checks the database. */
  readonly backupEntry: string;
  /** Copies of the database. */
  readonly backups: string;
  /** When scheduled tasks ran last. */
  readonly schedule: string;
  /** Who logged in, or tried, and what was done to accounts. */
  readonly auditLog: string;
  /** Opens the passwords of other servers; made when the first is kept. */
  readonly secretKey: string;
  /** Locked for as long as an application runs on this data. */
  readonly lockFile: string;
  /** Tells the command line where a running application answers. */
  readonly instanceFile: string;
}

export interface PathChoices {
  readonly data?: string;
  readonly models?: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What was chosen on the command line, else in the environment, else the platform's usual place. A variable that is
 * empty counts as not set; throws `invalid_input` for a choice that is empty.
 */
export function findPaths(choices: PathChoices = {}, env: Environment = process.env): AppPaths {
  const data = givenPath(choices.data ?? (env.TONEARM_DATA || usualData(env)));
  const built = builtFolder();
  const fromEnvironment = env.TONEARM_MODELS ? [env.TONEARM_MODELS] : [];
  return {
    data,
    database: join(data, 'tonearm.db'),
    models: join(data, 'models'),
    extraModels: (choices.models ?? fromEnvironment).map(givenPath),
    logs: join(data, 'logs'),
    ui: join(built, 'renderer'),
    workerEntry: join(built, 'main', 'workers', 'infer.js'),
    fileReaderEntry: join(built, 'main', 'workers', 'read-files.js'),
    readerEntry: join(built, 'main', 'workers', 'reader.js'),
    backupEntry: join(built, 'main', 'workers', 'backup.js'),
    backups: join(data, 'backups'),
    schedule: join(data, 'schedule.json'),
    auditLog: join(data, 'audit.log'),
    secretKey: join(data, 'secret.key'),
    lockFile: join(data, 'lock.db'),
    instanceFile: join(data, 'instance.json'),
  };
}

const DEFAULT_PORT = 8356;

/**
 * The port of the page and the API: from the environment, else the usual one, which is that which programs expect. 0 is
 * any that is free. Throws `invalid_input`.
 */
export function findPort(usual = DEFAULT_PORT, { TONEARM_PORT: text }: Environment = process.env): number {
  const port = text ? Number(text) : usual;
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new AppError('invalid_input', `TONEARM_PORT is "${text}", which is not a port.`);
}

function usualData(env: Environment): string {
  const home = homedir();
  switch (process.platform) {
    case 'win32':
      return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Tonearm');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Tonearm');
    default:
      return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'tonearm');
  }
}

/** The folder of the build. Parts of it are split into files at other depths, and tests run from the source. */
function builtFolder(): string {
  let folder = import.meta.dirname;
  while (folder !== dirname(folder)) {
    if (existsSync(join(folder, 'main', 'cli.js'))) return folder;
    folder = dirname(folder);
  }
  return join(import.meta.dirname, '../../../out');
}
