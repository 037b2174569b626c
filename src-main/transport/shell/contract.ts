import { z } from 'zod';
import { procedure } from '../../rpc';

export { shellSettings } from './settings';

/** What a drop would do, before it is done. Paths are those that were dropped. */
export const DropPlan = z.object({
  /** Audio files found, in all of it together. */
  audioFiles: z.number().int(),
  /** Audio files by what they are: flac → 12. */
  kinds: z.record(z.string(), z.number().int()),
  /** Files that are not audio, or only say so by their name. */
  otherFiles: z.number().int(),
  unreadable: z.array(z.object({ path: z.string(), message: z.string() })),
  /** The walk ended at its limit; there is more than was counted. */
  isCapped: z.boolean(),
  /** What lies inside a library and can be queued as it is. */
  inside: z.array(
    z.object({
      path: z.string(),
      library: z.string(),
      audioFiles: z.number().int(),
      /** Its library is one whose files are written by themselves. */
      isWritten: z.boolean(),
    }),
  ),
  /** Folders that would become libraries: those dropped, and those of dropped files. */
  newFolders: z.array(z.object({ path: z.string(), name: z.string(), audioFiles: z.number().int() })),
});
export type DropPlan = z.infer<typeof DropPlan>;

/** What only the desktop window can ask; none of it is reachable over HTTP. */
export const shellContract = {
  pickFolder: procedure({
    http: [],
    access: 'full',
    summary: 'Lets the person choose a folder; null when they changed their mind',
    input: z.object({ title: z.string().max(200).optional() }),
    output: z.object({ path: z.string().nullable() }),
  }),
  pickFiles: procedure({
    http: [],
    access: 'full',
    summary: 'Lets the person choose audio files',
    input: z.object({}),
    output: z.object({ paths: z.array(z.string()) }),
  }),
  planDrop: procedure({
    http: [],
    access: 'full',
    summary: 'Looks through dropped files and folders and tells what could be done with them',
    input: z.object({ paths: z.array(z.string().min(1)).min(1).max(10_000) }),
    output: DropPlan,
  }),
  saveText: procedure({
    http: [],
    access: 'full',
    summary: 'Lets the person choose where a text is saved, and saves it there; null when they changed their mind',
    input: z.object({ fileName: z.string().min(1).max(200), content: z.string().max(20_000_000) }),
    output: z.object({ path: z.string().nullable() }),
  }),
  reveal: procedure({
    http: [],
    access: 'full',
    summary: 'Shows the file of a track in the file manager',
    input: z.object({ trackId: z.number().int().positive() }),
    output: z.object({ shown: z.boolean() }),
  }),
};
