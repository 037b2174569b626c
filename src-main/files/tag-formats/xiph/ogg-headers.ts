import type { Source } from '../../safe-files';
import { unsupported } from '../../safe-files';
import { FIRST, LAST, type OggPage, type PageContent, readPage } from './ogg-page';

/** How a codec keeps its comments in its second packet. */
interface Codec {
  readonly name: 'vorbis' | 'opus' | 'speex' | 'flac';
  /** Header packets behind the first one. */
  readonly headers: number;
  /** Bytes of the comment packet before the comments. */
  readonly prefix: number;
}

/** The header pages of the stream that we write into. */
export interface OggHeaders {
  readonly codec: Codec;
  readonly serial: number;
  readonly identification: Buffer;
  /** Packets behind the first: the comments, and what else the codec needs before audio. */
  readonly packets: readonly Buffer[];
  readonly pages: readonly OggPage[];
  /** Audio that begins in the last of these pages, as some old encoders have it, though it should have its own. */
  readonly early: PageContent | undefined;
  /** Where the first page behind the headers begins. */
  readonly end: number;
}

const CUT = 'Its Ogg pages are damaged or cut off.';

/** Reads the headers of the first audio stream of an Ogg file. Throws `unsupported_file`. */
export async function readOggHeaders(source: Source): Promise<OggHeaders> {
  const { codec, first, identification, next } = await findStream(source);
  let at = next;
  let page = await readPage(source, at);
  while (page && page.serial !== first.serial) {
    at = page.end;
    page = await readPage(source, at);
  }
  const pages: OggPage[] = [];
  const packets: Buffer[] = [];
  let open: Buffer[] = [];
  let early: PageContent | undefined;
  while (packets.length < codec.headers) {
    if (!page || page.flags & FIRST) throw unsupported(CUT);
    if (page.serial !== first.serial) throw unsupported('Several streams are interleaved in its headers.');
    pages.push(page);
    let bodyAt = page.bodyAt;
    for (const [index, value] of page.lacing.entries()) {
      if (packets.length === codec.headers) {
        early = await earlyAudio(source, page, { index, bodyAt });
        break;
      }
      open.push(Buffer.from(await source.read(bodyAt, value)));
      bodyAt += value;
      if (value < 255) {
        packets.push(Buffer.concat(open));
        open = [];
      }
    }
    at = page.end;
    page = await readPage(source, at);
  }
  return { codec, serial: first.serial, identification, packets, pages, early, end: at };
}

async function earlyAudio(
  source: Source,
  page: OggPage,
  from: { index: number; bodyAt: number },
): Promise<PageContent> {
  const lacing = page.lacing.subarray(from.index);
  const body = Buffer.from(await source.read(from.bodyAt, page.end - from.bodyAt));
  // A page in which no packet ends has no position.
  const granule = lacing.some((value) => value < 255) ? page.granule : -1n;
  return { lacing: [...lacing], body, granule, flags: page.flags & LAST };
}

async function findStream(source: Source) {
  let found: { codec: Codec; first: OggPage; identification: Buffer } | undefined;
  let at = 0;
  for (let page = await readPage(source, 0); page && page.flags & FIRST; page = await readPage(source, at)) {
    const identification = Buffer.from(await source.read(page.bodyAt, page.bodyLength));
    const codec = codecOf(identification);
    if (codec && !found) found = { codec, first: page, identification };
    at = page.end;
  }
  if (at === 0) throw unsupported(CUT);
  if (!found) throw unsupported('There is no Vorbis, Opus, Speex or FLAC in this Ogg file.');
  return { ...found, next: at };
}

function codecOf(packet: Buffer): Codec | undefined {
  const text = packet.toString('latin1', 0, 8);
  if (text.startsWith('\x01vorbis')) return { name: 'vorbis', headers: 2, prefix: 7 };
  if (text === 'OpusHead') return { name: 'opus', headers: 1, prefix: 8 };
  if (text === 'Speex   ' && packet.length >= 72)
    return { name: 'speex', headers: 1 + packet.readUInt32LE(68), prefix: 0 };
  if (text.startsWith('\x7fFLAC') && packet.length >= 13) {
    const headers = packet.readUInt16BE(7);
    return headers > 0 ? { name: 'flac', headers, prefix: 4 } : undefined;
  }
  return undefined;
}

/** Whether the packet behind the identification is the comments that the codec asks for there. */
export function isCommentPacket(codec: Codec, packet: Buffer): boolean {
  const text = packet.toString('latin1', 0, 8);
  if (codec.name === 'vorbis') return text.startsWith('\x03vorbis');
  if (codec.name === 'opus') return text === 'OpusTags';
  return codec.name === 'speex' || (packet[0] & 0x7f) === 4;
}
