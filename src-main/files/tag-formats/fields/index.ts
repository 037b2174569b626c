import type { Source } from '../../safe-files';
import { readId3v1 } from '../id3';
import type { AroundAudio, TagRegion } from '../mpeg';
import type { Container } from '../tag-file';
import { apeFields } from './ape-fields';
import { asfFields } from './asf-fields';
import { chunkFields } from './chunk-fields';
import { addField, type FieldSet, mergedFields } from './field-set';
import { flacFields } from './flac-fields';
import { id3v2Fields } from './id3v2-fields';
import { mp4Fields } from './mp4-fields';
import { oggFields } from './ogg-fields';

/**
 * Fields: what the tags of every container say, by one name for each property. Reads what can be read of a damaged tag,
 * and nothing of pictures.
 */
export type { FieldSet } from './field-set';

interface TaggedFile {
  /** From the first byte behind tags that stand before it. */
  readonly body: Source;
  readonly source: Source;
  readonly around: AroundAudio;
}

type ReadFields = (file: TaggedFile) => Promise<readonly (FieldSet | undefined)[]>;

const id3First: ReadFields = async (file) => [await id3v2(file), await ape(file), await id3v1(file)];
const apeFirst: ReadFields = async (file) => [await ape(file), await id3v2(file), await id3v1(file)];
const oggOnly: ReadFields = async ({ body }) => [await guarded(() => oggFields(body))];

/** The tags of each container in the order in which they are believed. */
const TAGS: Readonly<Record<Container, ReadFields>> = {
  mp3: id3First,
  aac: id3First,
  ape: apeFirst,
  wavpack: apeFirst,
  mpc: apeFirst,
  flac: async (file) => [await guarded(() => flacFields(file.body, 0)), ...(await id3First(file))],
  ogg: oggOnly,
  opus: oggOnly,
  m4a: async ({ body }) => (await guarded(() => mp4Fields(body))) ?? [],
  asf: async ({ body }) => [await guarded(() => asfFields(body))],
  wav: async ({ body }) => (await guarded(() => chunkFields(body, 'LE'))) ?? [],
  aiff: async ({ body }) => (await guarded(() => chunkFields(body, 'BE'))) ?? [],
  dsf: async ({ source }) => [await guarded(() => dsfFields(source))],
};

/** What the tags of a file say together; a tag that is damaged says what it can, and costs the others nothing. */
export async function fieldsOf(container: Container, file: TaggedFile): Promise<FieldSet> {
  return mergedFields((await TAGS[container](file)).filter((tag) => tag !== undefined));
}

/** Of several ID3v2 tags one behind the other the first that says anything, whole. */
async function id3v2({ source, around }: TaggedFile): Promise<FieldSet | undefined> {
  for (const { offset } of around.tags.filter(({ kind }) => kind === 'id3v2')) {
    const fields = await guarded(() => id3v2Fields(source, offset));
    if (fields && fields.size > 0) return fields;
  }
  return undefined;
}

function ape({ source, around }: TaggedFile): Promise<FieldSet | undefined> {
  const region = around.tags.findLast(({ kind }) => kind === 'ape');
  return guarded(async () => region && apeFields(source, region));
}

async function id3v1({ source, around }: TaggedFile): Promise<FieldSet | undefined> {
  const region: TagRegion | undefined = around.tags.findLast(({ kind }) => kind === 'id3v1');
  if (!region) return undefined;
  const fields: FieldSet = new Map();
  const tag = Buffer.from(await source.read(region.offset, region.length));
  for (const { field, values } of readId3v1(tag)) addField(fields, field, values);
  return fields;
}

/** A DSF file says at its head where its ID3v2 tag stands. */
async function dsfFields(source: Source): Promise<FieldSet | undefined> {
  const at = Number((await source.read(20, 8)).readBigUInt64LE(0));
  return at > 28 && at < source.size ? id3v2Fields(source, at) : undefined;
}

/** What is read of damaged bytes may lead anywhere; that tag says nothing then. A file that is gone is another matter. */
async function guarded<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof RangeError || isUnsupported(thrown)) return undefined;
    throw thrown;
  }
}

const isUnsupported = (thrown: unknown) => (thrown as { code?: unknown }).code === 'unsupported_file';
