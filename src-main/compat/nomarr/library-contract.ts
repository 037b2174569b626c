import { z } from 'zod';
import { Id, procedure, upTo } from '../../rpc';

const said = { status: z.literal('success'), message: z.string() };

/** Scans as they were asked for when there was one library; `library` names another than the default. */
export const libraryProcedures = {
  scanStart: procedure({
    http: 'POST /web/api/library/scan/start',
    access: 'full',
    summary: 'Starts a scan of the default library',
    input: z.object({
      library: Id.optional(),
      paths: z.array(z.string()).max(1000).optional(),
      recursive: z.boolean().default(true),
      force: z.boolean().default(false),
      clean_missing: z.boolean().default(true),
    }),
    output: z.object({ ...said, library_id: z.number().int() }),
  }),
  scanCancel: procedure({
    http: 'POST /web/api/library/scan/cancel',
    access: 'full',
    summary: 'Stops every scan that runs; what it found so far is kept',
    input: z.object({}),
    output: z.object({ ...said, cancelled: z.number().int() }),
  }),
  scanStatus: procedure({
    http: 'GET /web/api/library/scan/status',
    access: 'read',
    summary: 'Whether a scan runs, and how the libraries stand',
    input: z.object({}),
    output: z.object({
      is_scanning: z.boolean(),
      paused: z.boolean(),
      scanning_libraries: z.array(z.object({ id: z.number().int(), name: z.string() })),
      libraries: z.array(
        z.object({
          id: z.number().int(),
          name: z.string(),
          state: z.string(),
          message: z.string().nullable(),
          last_scan_at: z.string().nullable(),
          total_files: z.number().int(),
        }),
      ),
    }),
  }),
  scanHistory: procedure({
    http: 'GET /web/api/library/scan/history',
    access: 'read',
    summary: 'What earlier scans did, the latest first',
    input: z.object({ limit: upTo(500, 50) }),
    output: z.object({
      count: z.number().int(),
      scans: z.array(
        z.object({
          id: z.number().int(),
          library_id: z.number().int(),
          status: z.string(),
          started_at: z.string(),
          finished_at: z.string(),
          files_scanned: z.number().int(),
          files_queued: z.number().int(),
          files_removed: z.number().int(),
          error_message: z.string().nullable(),
        }),
      ),
    }),
  }),
  scanPause: procedure({
    http: 'POST /web/api/library/scan/pause',
    access: 'full',
    summary: 'Lets scans wait where they are, until they are resumed or Tonearm is started anew',
    input: z.object({}),
    output: z.object(said),
  }),
  scanResume: procedure({
    http: 'POST /web/api/library/scan/resume',
    access: 'full',
    summary: 'Lets scans go on',
    input: z.object({}),
    output: z.object(said),
  }),
  clearLibrary: procedure({
    http: 'POST /web/api/library/clear',
    access: 'full',
    summary: 'Forgets all tracks and their analyses; the libraries themselves and all files are kept',
    input: z.object({ library: Id.optional() }),
    output: z.object({ ...said, removed: z.number().int() }),
  }),
};
