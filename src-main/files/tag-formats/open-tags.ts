import type { Source } from '../safe-files';
import { unsupported } from '../safe-files';
import { readAsf } from './asf';
import { readAiff, readDsf, readWav } from './chunks';
import { id3Header } from './id3';
import { readMp4 } from './mp4';
import { readApeLike, readMpeg } from './mpeg';
import type { TagFile } from './tag-file';
import { containerOf } from './tag-file';
import { readFlac, readOgg } from './xiph';

const LARGEST = 8 * 2 ** 30;

const READERS = {
  flac: readFlac,
  ogg: readOgg,
  opus: readOgg,
  m4a: readMp4,
  wav: readWav,
  aiff: readAiff,
  asf: readAsf,
  ape: readApeLike,
  wavpack: readApeLike,
  mpc: readApeLike,
  dsf: readDsf,
};

/**
 * Understands a file by its content, whatever its name. Throws `unsupported_file` with the reason when there is
 * anything about its structure that would have to be guessed.
 */
export async function openTags(source: Source): Promise<TagFile> {
  if (source.size === 0) throw unsupported('The file is empty.');
  if (source.size > LARGEST) throw unsupported('The file is larger than 8 GB, which no track is.');
  try {
    const container = await findContainer(source);
    return await (container ? READERS[container](source) : readMpeg(source));
  } catch (thrown) {
    if (thrown instanceof RangeError) throw unsupported('Its structure is damaged.');
    throw thrown;
  }
}

/** The container by the first bytes behind leading ID3v2 tags; undefined for MPEG audio and for what is none. */
export async function findContainer(source: Source): Promise<ReturnType<typeof containerOf>> {
  return containerOf(await source.read(await afterId3(source), 64));
}

async function afterId3(source: Source): Promise<number> {
  let at = 0;
  for (let header = id3Header(await source.read(at, 10)); header; header = id3Header(await source.read(at, 10))) {
    at += header.size;
  }
  return at;
}
