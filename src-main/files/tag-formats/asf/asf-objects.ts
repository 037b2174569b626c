import type { Source } from '../../safe-files';

/** The objects of an ASF file that are read here, by the bytes of their ids. */
export const ASF = {
  HEADER: '3026b2758e66cf11a6d900aa0062ce6c',
  FILE_PROPERTIES: 'a1dcab8c47a9cf118ee400c00c205365',
  STREAM_PROPERTIES: '9107dcb7b7a9cf118ee600c00c205365',
  CONTENT_DESCRIPTION: '3326b2758e66cf11a6d900aa0062ce6c',
  EXTENDED_CONTENT: '40a4d0d207e3d21197f000a0c95ea850',
  HEADER_EXTENSION: 'b503bf5f2ea9cf118ee300c00c205365',
  METADATA: 'eacbf8c5af5b77488467aa8c44fa4cca',
  LIBRARY: '941c23449894d149a1411d134e457054',
} as const;

export interface AsfPlace {
  readonly id: string;
  readonly offset: number;
  readonly size: number;
}

const MAX_OBJECTS = 1000;

/** The objects in the header of an ASF file and in its extension, by their heads, as far as they lead from one to the next. */
export async function asfObjects(source: Source): Promise<AsfPlace[]> {
  const head = await source.read(0, 30);
  if (head.length < 30 || head.toString('hex', 0, 16) !== ASF.HEADER) return [];
  const end = Math.min(source.size, Number(head.readBigUInt64LE(16)));
  const objects = await objectsIn(source, 30, end);
  const extension = objects.find(({ id }) => id === ASF.HEADER_EXTENSION);
  if (!extension) return objects;
  return [...objects, ...(await objectsIn(source, extension.offset + 46, extension.offset + extension.size))];
}

async function objectsIn(source: Source, start: number, end: number): Promise<AsfPlace[]> {
  const objects: AsfPlace[] = [];
  for (let at = start; at + 24 <= end && objects.length < MAX_OBJECTS; at += objects.at(-1)!.size) {
    const head = await source.read(at, 24);
    const size = head.length === 24 ? Number(head.readBigUInt64LE(16)) : 0;
    if (size < 24 || at + size > end) break;
    objects.push({ id: head.toString('hex', 0, 16), offset: at, size });
  }
  return objects;
}
