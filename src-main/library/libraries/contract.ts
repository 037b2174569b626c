import { z } from 'zod';
import { Id, procedure, upTo } from '../../rpc';

export { type LibrariesEvents, librariesEvents } from './events';
export { type LibrariesSettings, librariesSettings } from './settings';

export const LibraryId = Id;

export const WriteMode = z.enum(['none', 'minimal', 'full']);
export type WriteMode = z.infer<typeof WriteMode>;

/** How changes are noticed between scans: told by the system, looked for every so often, or not at all. */
export const WatchMode = z.enum(['off', 'events', 'poll']);
export type WatchMode = z.infer<typeof WatchMode>;

/** Seconds between two looks. */
const PollInterval = z.coerce.number<number | string>().int().min(30).max(86_400);

/** A folder with music. The first seven names are those that scripts made for Nomarr read. */
export const Library = z.object({
  id: z.number().int(),
  name: z.string(),
  root_path: z.string(),
  is_enabled: z.boolean(),
  is_default: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
  writeMode: WriteMode,
  /** Whether tracks that a scan found are tagged without being asked for. */
  autoWrite: z.boolean(),
  keepMtime: z.boolean(),
  hardLinks: z.enum(['skip', 'break']),
  ignorePatterns: z.string(),
  watchMode: WatchMode,
  /** Seconds between two looks, where it is polled: by choice, or because the system does not tell. */
  pollIntervalS: z.number().int(),
  /** `pending`: its files are still to be looked at, for the first time or because its drive was gone. */
  state: z.enum(['pending', 'ready', 'scanning', 'offline', 'guarded']),
  stateMessage: z.string().nullable(),
  /** What the last scan of all of it found in its folder and did not take in, in a sentence. */
  passedOver: z.string().nullable(),
  lastScanAt: z.string().nullable(),
  trackCount: z.number().int(),
  missingCount: z.number().int(),
});
export type Library = z.infer<typeof Library>;

/** What a scan says of what it did not take into the library, and of names that only can be read. */
export const PASSED_OVER = {
  hidden: 'hidden, with a dot before the name',
  system: "the system's own",
  pattern: 'left out by the patterns of the library',
  linked: 'links to what is in the library anyway',
  not_utf8: 'with names that are not UTF-8: they can be analyzed but not written',
} as const;
const PassedOverReason = z.enum(
  Object.keys(PASSED_OVER) as [keyof typeof PASSED_OVER, ...(keyof typeof PASSED_OVER)[]],
);

/** What one scan did. */
export const ScanRun = z.object({
  id: z.number().int(),
  libraryId: z.number().int(),
  startedAt: z.string(),
  endedAt: z.string(),
  outcome: z.enum(['done', 'offline', 'guarded', 'cancelled', 'failed']),
  message: z.string().nullable(),
  found: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  moved: z.number().int(),
  missing: z.number().int(),
  errors: z.number().int(),
  queued: z.number().int(),
  passedOver: z.partialRecord(PassedOverReason, z.number().int()).describe('files and folders by reason'),
});
export type ScanRun = z.infer<typeof ScanRun>;

const changes = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  is_enabled: z.boolean().optional(),
  writeMode: z.preprocess((value) => (value === 'native' ? 'full' : value), WriteMode).optional(),
  autoWrite: z.boolean().optional(),
  keepMtime: z.boolean().optional(),
  hardLinks: z.enum(['skip', 'break']).optional(),
  ignorePatterns: z.string().max(4000).optional(),
  watchMode: WatchMode.optional(),
  pollIntervalS: PollInterval.optional(),
});

export const librariesContract = {
  list: procedure({
    http: 'GET /api/web/libraries',
    access: 'read',
    summary: 'The library folders',
    input: z.object({ enabled_only: z.enum(['true', 'false']).default('false') }),
    output: z.array(Library),
  }),
  stats: procedure({
    http: 'GET /api/web/libraries/stats',
    access: 'read',
    summary: 'How much music there is in all libraries together',
    input: z.object({}),
    output: z.object({
      total_files: z.number().int(),
      unique_artists: z.number().int(),
      unique_albums: z.number().int(),
      total_duration_seconds: z.number(),
    }),
  }),
  get: procedure({
    http: 'GET /api/web/libraries/:id',
    access: 'read',
    summary: 'One library folder',
    input: z.object({ id: LibraryId }),
    output: Library,
  }),
  getDefault: procedure({
    http: 'GET /api/web/libraries/default',
    access: 'read',
    summary: 'The library that is meant where none is named',
    input: z.object({}),
    output: Library,
  }),
  setDefault: procedure({
    http: 'POST /api/web/libraries/:id/set-default',
    access: 'full',
    summary: 'Makes a library the one that is meant where none is named',
    input: z.object({ id: LibraryId }),
    output: Library,
  }),
  /** What lies in a folder, as far as it is inside a library. */
  browse: procedure({
    http: 'GET /api/web/fs/list',
    access: 'read',
    summary: 'The entries of a folder inside a library; without a path the library folders themselves',
    input: z.object({
      path: z.string().max(4096).default('').describe('absolute, or relative to the default library'),
    }),
    output: z.object({ path: z.string(), entries: z.array(z.object({ name: z.string(), is_dir: z.boolean() })) }),
  }),
  add: procedure({
    http: 'POST /api/web/libraries',
    access: 'full',
    summary: 'Adds a folder as a library; it must exist, be readable and not overlap another',
    input: changes.extend({ root_path: z.string().min(1) }),
    output: Library,
  }),
  check: procedure({
    http: 'POST /api/web/libraries/check',
    access: 'full',
    summary: 'Whether a folder could be added as a library; refused with the reason why not, as adding it would be',
    input: z.object({ root_path: z.string().min(1) }),
    output: z.object({ root_path: z.string() }),
  }),
  update: procedure({
    http: 'PATCH /api/web/libraries/:id',
    access: 'full',
    summary: 'Changes how a library is treated',
    input: changes.extend({ id: LibraryId }),
    output: Library,
  }),
  remove: procedure({
    http: 'DELETE /api/web/libraries/:id',
    access: 'full',
    summary: 'Forgets a library and its analyses; its files are kept',
    input: z.object({ id: LibraryId }),
    output: z.object({ removedTracks: z.number().int() }),
  }),
  scan: procedure({
    http: 'POST /api/web/libraries/:id/scan',
    access: 'full',
    summary: 'Looks for new, changed, moved and missing files, and queues what has to be analyzed',
    input: z.object({
      id: LibraryId,
      paths: z.array(z.string()).max(1000).optional(),
      recursive: z.boolean().default(true),
      force: z.boolean().default(false),
      clean_missing: z.boolean().default(true),
      /** Whether what is new is queued, where the settings have that done; who queues it next says no. */
      enqueue: z.boolean().default(true),
      acceptMissing: z
        .boolean()
        .default(false)
        .describe(
          'Answers the state `guarded`: the many files that are not there any more are gone, mark them missing',
        ),
    }),
    output: z.object({
      queued: z.number().int(),
      message: z.string(),
      status: z.literal('queued'),
      stats: z.object({
        files_discovered: z.number().int(),
        files_queued: z.number().int(),
        files_skipped: z.number().int(),
        files_removed: z.number().int(),
        passed_over: z.partialRecord(PassedOverReason, z.number().int()),
        job_ids: z.array(z.number().int()),
      }),
    }),
  }),
  cancelScan: procedure({
    http: 'POST /api/web/libraries/:id/scan/cancel',
    access: 'full',
    summary: 'Stops the scan of a library; what it found so far is kept',
    input: z.object({ id: LibraryId }),
    output: z.object({ cancelled: z.boolean() }),
  }),
  errors: procedure({
    http: 'GET /api/web/libraries/:id/errors',
    access: 'read',
    summary: 'Folders and files of a library that could not be read, with the reason',
    input: z.object({ id: LibraryId }),
    output: z.object({ items: z.array(z.object({ path: z.string(), message: z.string() })) }),
  }),
  history: procedure({
    http: 'GET /api/web/libraries/scans',
    access: 'read',
    summary: 'What earlier scans did, the latest first',
    input: z.object({
      library: LibraryId.optional(),
      limit: upTo(500, 50),
    }),
    output: z.object({ items: z.array(ScanRun) }),
  }),
  /** The queue's other end for scripts: every library, or the one that holds the path. */
  scanPath: procedure({
    http: 'POST /api/v1/scan',
    access: 'full',
    summary: 'Scans a library, or a folder inside one, and queues what is new',
    input: z.object({
      path: z.string().optional(),
      recursive: z.boolean().default(true),
      force: z.boolean().default(false),
    }),
    output: z.object({ status: z.literal('ok'), scanned: z.number().int(), enqueued: z.number().int() }),
  }),
};
