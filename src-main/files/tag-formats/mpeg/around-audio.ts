import type { Source } from '../../safe-files';
import { id3Header } from '../id3';
import { apeTagSize } from './apev2';

export interface TagRegion {
  readonly kind: 'id3v2' | 'id3v1' | 'ape' | 'lyrics3';
  readonly offset: number;
  readonly length: number;
}

/** A stream of audio with tags before and behind it, as MP3, AAC, APE, WavPack and Musepack files are. */
export interface AroundAudio {
  readonly audio: { readonly offset: number; readonly length: number };
  /** In the order of the file. */
  readonly tags: readonly TagRegion[];
}

/** Finds the tags at both ends of a file: ID3v2 (several, one after another), APE, Lyrics3 and ID3v1. */
export async function findAroundAudio(source: Source): Promise<AroundAudio> {
  const before = await leading(source);
  const start = before.reduce((sum, tag) => sum + tag.length, 0);
  const behind: TagRegion[] = [];
  let end = source.size;
  for (let tag = await trailing(source, start, end); tag; tag = await trailing(source, start, end)) {
    behind.unshift(tag);
    end = tag.offset;
  }
  return { audio: { offset: start, length: end - start }, tags: [...before, ...behind] };
}

async function leading(source: Source): Promise<TagRegion[]> {
  const tags: TagRegion[] = [];
  for (let at = 0; ; ) {
    const header = id3Header(await source.read(at, 10));
    if (!header || at + header.size > source.size) return tags;
    tags.push({ kind: 'id3v2', offset: at, length: header.size });
    at += header.size;
  }
}

async function trailing(source: Source, start: number, end: number): Promise<TagRegion | undefined> {
  const region = (kind: TagRegion['kind'], length: number): TagRegion | undefined =>
    length > 0 && end - length >= start ? { kind, offset: end - length, length } : undefined;
  const tail = await source.read(Math.max(start, end - 128), Math.min(128, end - start));
  if (tail.length === 128 && tail.toString('latin1', 0, 3) === 'TAG') return region('id3v1', 128);
  const ape = apeTagSize(tail.subarray(-32));
  if (ape !== undefined) return region('ape', ape);
  const mark = tail.subarray(-9).toString('latin1');
  if (mark === 'LYRICS200') {
    return region('lyrics3', Number.parseInt(tail.subarray(-15, -9).toString('latin1'), 10) + 15);
  }
  if (mark === 'LYRICSEND') {
    const far = await source.read(Math.max(start, end - 5120), Math.min(5120, end - start));
    const begin = far.lastIndexOf('LYRICSBEGIN');
    return begin < 0 ? undefined : region('lyrics3', far.length - begin);
  }
  return undefined;
}
