import { adtsFrameLength, mpegFrameLength } from './mpeg-frame';

/** The kinds of audio file that can be told apart; each is opened by the codec of the same name. */
const CONTAINERS = [
  'mp3',
  'flac',
  'ogg-vorbis',
  'ogg-opus',
  'ogg-flac',
  'm4a',
  'aac',
  'wav',
  'w64',
  'aiff',
  'wma',
  'ape',
  'wavpack',
  'mpc',
  'dsf',
  'dff',
] as const;
export type Container = (typeof CONTAINERS)[number];

/** File extensions (lower case, with dot) of the files a scan looks at. What a file holds is told by its content. */
export const AUDIO_EXTENSIONS: readonly string[] = [
  '.mp3',
  '.mp2',
  '.mp1',
  '.mpga',
  '.flac',
  '.ogg',
  '.oga',
  '.opus',
  '.m4a',
  '.m4b',
  '.m4r',
  '.alac',
  '.mp4',
  '.aac',
  '.adts',
  '.wav',
  '.wave',
  '.bwf',
  '.w64',
  '.rf64',
  '.aif',
  '.aiff',
  '.aifc',
  '.wma',
  '.asf',
  '.ape',
  '.wv',
  '.mpc',
  '.mp+',
  '.mpp',
  '.dsf',
  '.dff',
];

type Test = (head: Uint8Array) => boolean;

const ascii = (head: Uint8Array, at: number, text: string): boolean => {
  if (at + text.length > head.length) return false;
  for (let i = 0; i < text.length; i++) if (head[at + i] !== text.charCodeAt(i)) return false;
  return true;
};

const W64_RIFF = [0x72, 0x69, 0x66, 0x66, 0x2e, 0x91, 0xcf, 0x11, 0xa5, 0xd6, 0x28, 0xdb, 0x04, 0xc1, 0x00, 0x00];
const ASF_HEADER = [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c];
const startsWith = (head: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);

const SIGNATURES: readonly (readonly [Container, Test])[] = [
  ['flac', (head) => ascii(head, 0, 'fLaC')],
  // QuickTime of old begins without a brand.
  ['m4a', (head) => ['ftyp', 'moov', 'mdat', 'wide'].some((box) => ascii(head, 4, box))],
  ['wav', (head) => ['RIFF', 'RF64', 'BW64'].some((form) => ascii(head, 0, form)) && ascii(head, 8, 'WAVE')],
  ['w64', (head) => startsWith(head, W64_RIFF)],
  ['aiff', (head) => ascii(head, 0, 'FORM') && (ascii(head, 8, 'AIFF') || ascii(head, 8, 'AIFC'))],
  ['wma', (head) => startsWith(head, ASF_HEADER)],
  ['ape', (head) => ascii(head, 0, 'MAC ')],
  ['wavpack', (head) => ascii(head, 0, 'wvpk')],
  ['mpc', (head) => ascii(head, 0, 'MPCK') || (ascii(head, 0, 'MP+') && (head[3] & 15) >= 7)],
  ['dsf', (head) => ascii(head, 0, 'DSD ') && ascii(head, 28, 'fmt ')],
  ['dff', (head) => ascii(head, 0, 'FRM8') && ascii(head, 12, 'DSD ')],
];

/**
 * The container of a file, by its first bytes, never by its name; undefined when it is no audio that is known here.
 * An ID3v2 tag at the front is stepped over when `head` reaches beyond it (`probeContainer` sees to that).
 */
export function detectContainer(head: Uint8Array): Container | undefined {
  let start = 0;
  for (let length = id3v2Length(head); length > 0; length = id3v2Length(head.subarray(start))) start += length;
  const body = start < head.length ? head.subarray(start) : head.subarray(head.length);
  if (ascii(body, 0, 'OggS')) return oggCodec(body);
  for (const [container, matches] of SIGNATURES) if (matches(body)) return container;
  if (findFrames(body, adtsFrameLength) >= 0) return 'aac';
  return findFrames(body, mpegFrameLength) >= 0 ? 'mp3' : undefined;
}

/** Length in bytes of the ID3v2 tag at the start, header and footer included; 0 when there is none. */
export function id3v2Length(head: Uint8Array): number {
  if (head.length < 10 || !ascii(head, 0, 'ID3') || head[3] === 0xff || head[4] === 0xff) return 0;
  if ((head[6] | head[7] | head[8] | head[9]) & 0x80) return 0;
  const size = (head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9];
  return 10 + size + (head[5] & 0x10 ? 10 : 0);
}

/** The first codec among the streams that begin at the start of an Ogg file (a Skeleton or a video may come before). */
function oggCodec(head: Uint8Array): Container | undefined {
  let at = 0;
  while (ascii(head, at, 'OggS') && at + 27 < head.length && head[at + 5] & 2) {
    const segments = head[at + 26];
    const packet = at + 27 + segments;
    if (ascii(head, packet, '\x01vorbis')) return 'ogg-vorbis';
    if (ascii(head, packet, 'OpusHead')) return 'ogg-opus';
    if (ascii(head, packet, '\x7fFLAC')) return 'ogg-flac';
    let length = 0;
    for (let i = 0; i < segments; i++) length += head[at + 27 + i];
    at = packet + length;
  }
  return undefined;
}

const FRAMES_TO_BELIEVE = 3;

/**
 * Where a run of frames begins that follow upon each other, or −1. At the very start two are enough, and one when the
 * bytes end with it; further in, `wanted`.
 */
export function findFrames(
  bytes: Uint8Array,
  frameLength: (bytes: Uint8Array, at: number) => number,
  wanted = FRAMES_TO_BELIEVE,
): number {
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 4 <= bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    let next = at;
    let frames = 0;
    while (frames < wanted) {
      const length = frameLength(bytes, next);
      if (length <= 0) break;
      frames++;
      next += length;
      if (next + 4 <= bytes.length) continue;
      // Where many are wanted, the next piece of the file has them.
      if (wanted > FRAMES_TO_BELIEVE) return -1;
      return frames >= 2 || (at === 0 && next === bytes.length) ? at : -1;
    }
    if (frames === wanted || (at === 0 && frames === 2)) return at;
  }
  return -1;
}

/** Frames that have to follow upon each other far into a file, where anything may look like one or two. */
const FRAMES_FAR_IN = 8;

/** Frames of MPEG audio or AAC somewhere in a file that begins with something else. */
export function findStream(bytes: Uint8Array): { container: Container; at: number } | undefined {
  const mp3 = findFrames(bytes, mpegFrameLength, FRAMES_FAR_IN);
  const aac = findFrames(bytes, adtsFrameLength, FRAMES_FAR_IN);
  if (mp3 < 0 && aac < 0) return undefined;
  return aac >= 0 && (mp3 < 0 || aac < mp3) ? { container: 'aac', at: aac } : { container: 'mp3', at: mp3 };
}
