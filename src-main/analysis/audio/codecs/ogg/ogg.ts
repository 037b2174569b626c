import type { CodecInput, Damage, DecodedBlock } from '../codec';
import { decodeOggFlac } from './ogg-flac';
import type { OggLink } from './ogg-link';
import { type OggPage, readPages } from './ogg-pages';
import { decodePaged, OPUS, VORBIS } from './paged';

const KINDS: readonly (readonly [string, (link: OggLink) => AsyncGenerator<DecodedBlock>])[] = [
  ['\x01vorbis', (link) => decodePaged(link, VORBIS)],
  ['OpusHead', (link) => decodePaged(link, OPUS)],
  ['\x7fFLAC', decodeOggFlac],
];

/**
 * The first audio stream of an Ogg file: pages of other streams are left out. Streams chained one after the other each
 * get a decoder of their own, whatever their kind.
 */
export async function* decodeOgg({ source, start, damage }: CodecInput): AsyncGenerator<DecodedBlock> {
  const pages = peekable(readPages(source.chunks(start), damage));
  for (let page = await pages.next(); page; page = await pages.next()) {
    const decode = decoderOf(page);
    if (!decode) continue;
    const link = readLink(page, pages, { damage, onHeaders: () => source.audioRead() });
    const at = { granule: 0, firstGranule: -1 };
    let samples = 0;
    let rate = 0;
    for await (const block of decode({ pages: noting(link, at), damage })) {
      samples += block.channels[0].length;
      rate = block.sampleRate;
      yield block;
    }
    // Opus counts in 48 kHz always, as it is decoded; what comes before the first position is not known to be there.
    const promised = at.firstGranule >= 0 ? at.granule - at.firstGranule : 0;
    if (rate > 0 && samples < promised - rate / 10) damage.isTruncated = true;
  }
}

const decoderOf = ({ isFirst, bytes, bodyAt }: OggPage) => {
  if (!isFirst) return undefined;
  const start = String.fromCharCode(...bytes.subarray(bodyAt, bodyAt + 8));
  return KINDS.find(([packet]) => start.startsWith(packet))?.[1];
};

async function* noting(pages: AsyncIterable<OggPage>, at: { granule: number; firstGranule: number }) {
  for await (const page of pages) {
    if (page.granule > 0) {
      if (at.firstGranule < 0) at.firstGranule = page.granule;
      at.granule = page.granule;
    }
    yield page;
  }
}

interface Peekable {
  next(): Promise<OggPage | undefined>;
  peek(): Promise<OggPage | undefined>;
}

function peekable(pages: AsyncGenerator<OggPage>): Peekable {
  let ahead: OggPage | undefined;
  const pull = async () => (await pages.next()).value ?? undefined;
  return {
    async next() {
      const page = ahead ?? (await pull());
      ahead = undefined;
      return page;
    },
    async peek() {
      ahead ??= await pull();
      return ahead;
    },
  };
}

interface Telling {
  readonly damage: Damage;
  /** A page of tags was read, of which there may be very many before the first sound. */
  onHeaders(): void;
}

/** Ends with the stream's last page, or where another stream of audio begins after this one's data. */
async function* readLink(first: OggPage, pages: Peekable, { damage, onHeaders }: Telling): AsyncGenerator<OggPage> {
  yield first;
  for (let hasData = false, isOver = first.isLast; !isOver; ) {
    const page = await pages.peek();
    if (!page || (hasData && decoderOf(page))) {
      damage.isTruncated = true;
      return;
    }
    await pages.next();
    if (page.serial !== first.serial || page.isFirst) continue;
    hasData ||= page.granule > 0;
    if (!hasData) onHeaders();
    yield page;
    isOver = page.isLast;
  }
}
