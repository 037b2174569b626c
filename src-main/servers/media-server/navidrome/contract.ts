import { z } from 'zod';
import { Id, procedure } from '../../../rpc';
import { ConnectionId } from '../../connections/contract';
import { Rescan } from '../rescans/contract';

export const NavidromeDetails = z.object({
  version: z.string().nullable(),
  isAdmin: z.boolean(),
  libraries: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** As Navidrome sees it; empty when it does not say. */
      path: z.string(),
      /** The libraries of ours that lie there. */
      ours: z.array(z.object({ id: z.number().int(), name: z.string() })),
    }),
  ),
  rescan: Rescan,
  /** What keeps tags or playlists from being seen, each with what to do. */
  warnings: z.array(z.string()),
});
export type NavidromeDetails = z.infer<typeof NavidromeDetails>;

/** How far a tag of ours came: in the file, read by Navidrome, named by its configuration, kept by its last scan. */
const TagStage = z.enum(['not_read', 'not_configured', 'not_scanned', 'visible']);

export const Inspection = z.object({
  /** Null when Navidrome does not have the file. */
  songId: z.string().nullable(),
  tags: z.array(
    z.object({
      key: z.string(),
      values: z.array(z.string()),
      /** Its name in Navidrome's rules; null when its configuration does not name it. */
      field: z.string().nullable(),
      stage: TagStage,
    }),
  ),
  /** What is the matter and what to do, as sentences; first the most important. */
  findings: z.array(z.string()),
});
export type Inspection = z.infer<typeof Inspection>;

export const navidromeContract = {
  details: procedure({
    http: 'GET /api/web/connections/:id/navidrome',
    access: 'read',
    summary:
      'Version and libraries of a Navidrome, which of our libraries it sees, and what keeps our tags from being seen there',
    input: z.object({ id: ConnectionId }),
    output: NavidromeDetails,
  }),
  scan: procedure({
    http: 'POST /api/web/connections/:id/scan',
    access: 'full',
    summary: 'Has a Navidrome scan its libraries; a full scan is needed after its configuration of tags was changed',
    input: z.object({ id: ConnectionId, full: z.boolean().default(false) }),
    output: z.object({ scanning: z.boolean() }),
  }),
  inspect: procedure({
    http: 'POST /api/web/connections/:id/inspect',
    access: 'full',
    summary: 'Why the tags of a track are or are not visible in a Navidrome',
    input: z.object({ id: ConnectionId, trackId: Id }),
    output: Inspection,
  }),
};
