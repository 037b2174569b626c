import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { counts, int, job, page } from './nomarr-rows';
import { PASSWORD, type World } from './nomarr-world';

/** A command that the documents of Nomarr name. */
export interface CommandRow {
  readonly says: string;
  readonly args: (world: World) => readonly string[] | Promise<readonly string[]>;
  readonly input?: string;
  /** 0 unless it is said. */
  readonly code?: number;
  /** Of the last line of JSON. */
  readonly shape?: z.ZodType;
  readonly check?: (answer: never, world: World) => unknown;
}

const removed = z.object({ removed: int.min(1) });
const ended = z.object({ found: int.min(1), done: int, skipped: z.array(z.unknown()), failed: z.tuple([]) });
const resume = async ({ api }: World) => void (await api.queue.resume({}));

export const commandRows: readonly CommandRow[] = [
  {
    says: 'run <folder> --recursive --force',
    async args(world) {
      await resume(world);
      return ['run', world.album, '--recursive', '--force'];
    },
    shape: ended,
  },
  { says: 'run <file>', args: ({ songs }) => ['run', songs[0]], shape: ended },
  { says: 'run <what is not there>', args: () => ['run', '/no/such/file.mp3'], code: 1 },
  {
    says: 'list --limit 2 --offset 1 --status done',
    args: () => ['list', '--limit', '2', '--offset', '1', '--status', 'done'],
    shape: page.extend({ jobs: z.array(job).length(2), limit: z.literal(2), offset: z.literal(1) }),
  },
  { says: 'list --status finished', args: () => ['list', '--status', 'finished'], code: 2 },
  { says: 'remove <id>', args: async ({ waiting }) => ['remove', String(await waiting())], shape: removed },
  { says: 'remove <an id that there is not>', args: () => ['remove', '999999'], code: 1 },
  {
    says: 'remove --all',
    async args({ waiting }) {
      await waiting();
      return ['remove', '--all'];
    },
    shape: removed,
  },
  {
    says: 'remove --status error',
    async args({ failed }) {
      await failed();
      return ['remove', '--status', 'error'];
    },
    shape: removed,
  },
  { says: 'remove', args: () => ['remove'], code: 2 },
  {
    says: 'show-tags <file>',
    args: ({ songs }) => ['show-tags', songs[0]],
    shape: z.object({ namespace: z.literal('nom'), tags: z.record(z.string(), z.unknown()), count: int.min(3) }),
  },
  { says: 'info', args: () => ['info'], shape: z.object({ queue: z.object({ depth: int, counts }) }) },
  {
    says: 'queue <path>',
    args: ({ songs }) => ['queue', songs[0], '--force'],
    shape: z.object({ job_id: int, files_queued: z.literal(1), status: z.literal('queued') }),
  },
  { says: 'queue <a path outside of every library>', args: () => ['queue', '/etc/hostname'], code: 1 },
  {
    says: 'admin-reset --stuck --force',
    args: () => ['admin-reset', '--stuck', '--force'],
    shape: z.object({ reset: int }),
  },
  {
    says: 'admin-reset --errors --force',
    async args({ failed }) {
      await failed();
      return ['admin-reset', '--errors', '--force'];
    },
    shape: z.object({ reset: int.min(1) }),
  },
  { says: 'admin-reset --errors, where nobody can be asked', args: () => ['admin-reset', '--errors'], code: 1 },
  { says: 'admin-reset', args: () => ['admin-reset', '--force'], code: 2 },
  {
    says: 'cleanup --hours 168',
    args: () => ['cleanup', '--hours', '168'],
    shape: z.object({ max_age_hours: z.literal(168), jobs_removed: int }),
  },
  {
    says: 'cache-refresh',
    args: () => ['cache-refresh'],
    shape: z.object({ status: z.literal('ok'), predictors: z.literal(3) }),
  },
  {
    says: 'export-playlists <folder>',
    args: ({ data }) => ['export-playlists', join(data, 'playlists')],
    shape: z.object({ folder: z.string(), files: z.array(z.object({ path: z.string(), done: z.literal('written') })) }),
    check(_answer, { data }) {
      for (const name of readdirSync(join(data, 'playlists'))) {
        expect(JSON.parse(readFileSync(join(data, 'playlists', name), 'utf8'))).toHaveProperty('name');
      }
    },
  },
  {
    says: 'manage-password show',
    args: () => ['manage-password', 'show'],
    shape: z.object({ is_set: z.literal(true) }),
  },
  {
    says: 'manage-password --show',
    args: () => ['manage-password', '--show'],
    shape: z.object({ is_set: z.literal(true) }),
  },
  {
    says: 'manage-password verify',
    args: () => ['manage-password', 'verify'],
    input: `${PASSWORD}\n`,
    shape: z.object({ is_right: z.literal(true) }),
  },
  {
    says: 'manage-password verify, with another',
    args: () => ['manage-password', 'verify'],
    input: 'wrong\n',
    code: 1,
  },
  { says: 'manage-password reset, too short', args: () => ['manage-password', 'reset'], input: 'short\n', code: 2 },
  {
    says: 'manage-password reset',
    args: () => ['manage-password', 'reset'],
    input: `${PASSWORD}\n`,
    shape: z.object({ status: z.literal('success') }),
    check: (_answer, { logInAgain }) => logInAgain(),
  },
  { says: 'manage-password forget', args: () => ['manage-password', 'forget'], code: 2 },
  {
    says: 'manage-key --generate',
    args: () => ['manage-key', '--generate'],
    shape: z.object({ api_key: z.string().min(20) }),
  },
  {
    says: 'manage-key --show',
    args: () => ['manage-key', '--show'],
    shape: z.object({ exists: z.literal(true), api_key: z.string().regex(/^….{4}$/) }),
  },
  {
    says: 'recover-internal-key --force',
    args: () => ['recover-internal-key', '--force'],
    shape: z.object({ is_running: z.literal(true), file: z.string() }),
  },
  {
    says: 'remove-tags <file>',
    args: ({ songs }) => ['remove-tags', songs[0]],
    shape: z.object({ removed: int.min(3) }),
  },
  { says: 'undo <file>', args: ({ songs }) => ['undo', songs[0]], shape: z.object({ undone: z.literal(1) }) },
  { says: 'take-over <file without tags of Nomarr>', args: ({ songs }) => ['take-over', songs[0]], code: 1 },
];

export const commandNames: readonly string[] = [
  ...['run', 'list', 'remove', 'show-tags', 'info', 'queue', 'admin-reset', 'cleanup', 'cache-refresh'],
  ...['export-playlists', 'manage-password', 'manage-key', 'recover-internal-key', 'remove-tags', 'take-over'],
];
