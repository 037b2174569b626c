import { FIRST, LAST, type PageContent, writePage } from '../../src-main/files/tag-formats/xiph/ogg-page';

/** A page, and the number of its stream and its own in it. */
interface Page extends PageContent {
  readonly serial: number;
  readonly sequence: number;
}

/** The pages of an Ogg file, of whatever streams. */
export function pagesOf(ogg: Buffer): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < ogg.length; ) {
    const lacing = [...ogg.subarray(at + 27, at + 27 + ogg[at + 26])];
    const bodyAt = at + 27 + lacing.length;
    const end = bodyAt + lacing.reduce((sum, value) => sum + value, 0);
    pages.push({
      lacing,
      body: ogg.subarray(bodyAt, end),
      flags: ogg[at + 5],
      granule: ogg.readBigInt64LE(at + 6),
      serial: ogg.readUInt32LE(at + 14),
      sequence: ogg.readUInt32LE(at + 18),
    });
    at = end;
  }
  return pages;
}

const written = (pages: readonly Page[]) => Buffer.concat(pages.map((page) => writePage(page, page)));

/** The same stream with its first page of audio joined to the page of its headers, as old encoders wrote it. */
export function withEarlyAudio(ogg: Buffer): Buffer {
  const [identification, headers, audio, ...rest] = pagesOf(ogg);
  const joined: Page = {
    ...audio,
    lacing: [...headers.lacing, ...audio.lacing],
    body: Buffer.concat([headers.body, audio.body]),
    sequence: headers.sequence,
  };
  return written([identification, joined, ...rest.map((page) => ({ ...page, sequence: page.sequence - 1 }))]);
}

/** The same stream beside one that only describes it, as Icecast and the tools of Xiph write it: Ogg Skeleton 3. */
export function withSkeleton(ogg: Buffer): Buffer {
  const [first, ...rest] = pagesOf(ogg);
  const fishead = Buffer.alloc(64);
  fishead.write('fishead\0\x03', 'latin1');
  for (const at of [12, 28]) fishead.writeBigInt64LE(1000n, at);
  const bone = Buffer.alloc(52);
  bone.write('fisbone\0', 'latin1');
  bone.writeUInt32LE(44, 8);
  bone.writeUInt32LE(first.serial, 12);
  bone.writeUInt32LE(3, 16);
  bone.writeBigInt64LE(44_100n, 20);
  bone.writeBigInt64LE(1n, 28);
  const fisbone = Buffer.concat([bone, Buffer.from('Content-Type: audio/vorbis\r\n')]);
  const bones = (sequence: number, flags: number, body: Buffer): Page => {
    return { lacing: [body.length], body, flags, granule: 0n, serial: 7, sequence };
  };
  const [comments, ...audio] = rest;
  const last = bones(2, LAST, Buffer.alloc(0));
  return written([bones(0, FIRST, fishead), first, bones(1, 0, fisbone), comments, last, ...audio]);
}

/** Two files as one, each page of headers of the one behind a page of the other: also the packets that go over several. */
export function interleaved(one: Buffer, other: Buffer): Buffer {
  const [a, b] = [pagesOf(one), pagesOf(other)];
  const pages = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => [a[index], b[index]]);
  return written(pages.flat().filter((page) => page !== undefined));
}
